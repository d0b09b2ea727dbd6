import Foundation
import PrepaperDomain
import PrepaperMarketData
import PrepaperSignals

extension Settings {
  /// The service that the settings ask for.
  ///
  /// - Parameters:
  ///   - queueDb: the queue that a flag names; what is fetched is kept beside it.
  ///   - observe: hears what a source says of how it gets on, a line each.
  /// - Throws: `AppError` with `configuration` for a provider or source that is not known.
  func makeMarketDataService(
    queueDb: String? = nil, observe: @escaping @Sendable (String) -> Void
  ) throws(AppError) -> any MarketDataService {
    switch try provider {
    case .fake:
      return FakeMarketDataService(
        choice: value(.provider) == nil ? "default" : "MARKETDATA_PROVIDER=fake",
        unused: value(.barsSource).map { _ in "BARS_SOURCE" })
    case .real:
      return RealMarketDataService(
        source: try barSource(queueDb: queueDb, observe: observe), signalsPlace: signalsPath)
    }
  }

  /// Looks whether there is such a service and a place for signals, without asking for anything; the place is made.
  ///
  /// - Parameter queueDb: the queue that a flag names.
  /// - Throws: `AppError` with `configuration` for a provider or source that is not known, `cannotWrite` where there is
  ///   no place.
  func checkMarketData(queueDb: String?) throws(AppError) {
    _ = try makeMarketDataService(queueDb: queueDb) { _ in }
    _ = try makeSignalsLedger()
  }

  /// Where the signals of runs go: made-up bars have a store of their own.
  ///
  /// - Throws: `AppError` with `configuration` for a provider that is not known, `cannotWrite` where there is no place for it.
  func makeSignalsLedger() throws(AppError) -> any SignalsLedger {
    switch try provider {
    case .fake:
      try Self.makeDirectory(stateDirectory)
      return SignalsStore(path: fakeSignalsPath, busyWait: .ofThisProcess)
    case .real: return SignalsStore(path: signalsPath, busyWait: .ofThisProcess)
    }
  }

  /// Where the signals store is unless somebody says otherwise.
  static let usualSignalsPath = "/opt/trading/marketdata-stream/data/signals.db"

  /// The signals store of made-up bars, an absolute path.
  var fakeSignalsPath: String { "\(stateDirectory)/signals_fake.db" }

  /// The signals store of real bars, an absolute path.
  var signalsPath: String { absolutePath(value(.signalsDb) ?? Self.usualSignalsPath) }

  /// Makes a directory for what outlives a process.
  ///
  /// - Throws: `AppError` with `cannotWrite`.
  static func makeDirectory(_ path: String) throws(AppError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw AppError(
        "cannot_write", "cannot make the state directory \(path): \(error.localizedDescription)", .cannotWrite)
    }
  }
}
