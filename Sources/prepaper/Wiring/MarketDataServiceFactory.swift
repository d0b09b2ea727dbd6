import Foundation
import PrepaperDomain
import PrepaperMarketData
import PrepaperSQLite
import PrepaperSignals

extension Settings {
  /// The service that the settings ask for.
  ///
  /// - Parameters:
  ///   - queueDb: the queue that a flag names; what is fetched is kept beside it.
  ///   - observe: hears what a source says of how it gets on, a line each.
  /// - Throws: `CommandFailure` with exit code 78 for a provider or source that is not known.
  func makeMarketDataService(
    busyWait: BusyWait, queueDb: String? = nil,
    observe: @escaping @Sendable (String) -> Void = { CommandOutput(isJSON: false).say($0) }
  ) throws(CommandFailure) -> any MarketDataService {
    switch try provider {
    case .fake:
      return FakeMarketDataService(
        choice: value(.provider) == nil ? "default" : "MARKETDATA_PROVIDER=fake",
        unused: value(.barsSource).map { _ in "BARS_SOURCE" })
    case .real:
      return RealMarketDataService(
        source: try barSource(busyWait: busyWait, queueDb: queueDb, observe: observe), signalsPlace: signalsPath)
    }
  }

  /// Where the signals of runs go: made-up bars have a store of their own.
  ///
  /// - Throws: `CommandFailure` with exit code 78 for a provider that is not known, 73 where there is no place for it.
  func makeSignalsLedger(busyWait: BusyWait) throws(CommandFailure) -> any SignalsLedger {
    switch try provider {
    case .fake:
      try makeStateDirectory()
      return SignalsStore(path: fakeSignalsPath, busyWait: busyWait)
    case .real: return SignalsStore(path: signalsPath, busyWait: busyWait)
    }
  }

  /// Where the signals store is unless somebody says otherwise.
  static let usualSignalsPath = "/opt/trading/marketdata-stream/data/signals.db"

  /// The signals store of made-up bars, an absolute path.
  var fakeSignalsPath: String { "\(stateDirectory)/signals_fake.db" }

  /// The signals store of real bars, an absolute path.
  var signalsPath: String { absolutePath(value(.signalsDb) ?? Self.usualSignalsPath) }

  /// Makes the directory for the queue and the fake signals.
  ///
  /// - Throws: `CommandFailure` with exit code 73.
  func makeStateDirectory() throws(CommandFailure) { try makeDirectory(stateDirectory) }

  /// Makes a directory for what outlives a process.
  ///
  /// - Throws: `CommandFailure` with exit code 73.
  func makeDirectory(_ path: String) throws(CommandFailure) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw CommandFailure(
        "cannot_write", "cannot make the state directory \(path): \(error.localizedDescription)", .cannotWrite)
    }
  }
}
