import Foundation
import PrepaperDomain
import PrepaperMarketData
import PrepaperSQLite

extension Settings {
  /// The service that the settings ask for.
  ///
  /// - Parameter queueDb: the queue that a flag names; what is fetched is kept beside it.
  /// - Throws: `CommandFailure` with exit code 78 for a provider or source that is not known.
  func makeMarketDataService(busyWait: BusyWait, queueDb: String? = nil) throws(CommandFailure) -> any MarketDataService
  {
    switch try provider {
    case .fake:
      try makeStateDirectory()
      return FakeMarketDataService(
        signals: SignalsStore(path: "\(stateDirectory)/signals_fake.db", busyWait: busyWait),
        choice: value("MARKETDATA_PROVIDER") == nil ? "default" : "MARKETDATA_PROVIDER=fake",
        unused: value("BARS_SOURCE").map { _ in "BARS_SOURCE" })
    case .real:
      let path = value("SIGNALS_DB_PATH") ?? "/opt/trading/marketdata-stream/data/signals.db"
      return RealMarketDataService(
        signals: SignalsStore(path: absolutePath(path), busyWait: busyWait),
        source: try barSource(busyWait: busyWait, queueDb: queueDb))
    }
  }

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
