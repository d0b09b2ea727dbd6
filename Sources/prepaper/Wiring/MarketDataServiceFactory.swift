import Foundation
import PrepaperDomain
import PrepaperMarketData
import PrepaperSQLite

extension Settings {
  /// The service that the settings ask for.
  ///
  /// - Throws: `CommandFailure` with exit code 78 for a provider or source that is not known.
  func makeMarketDataService(busyWait: BusyWait) throws(CommandFailure) -> any MarketDataService {
    switch try provider {
    case .fake:
      try makeStateDirectory()
      return FakeMarketDataService(
        signals: SignalsStore(path: "\(stateDirectory)/signals_fake.db", busyWait: busyWait),
        choice: value("MARKETDATA_PROVIDER") == nil ? "default" : "MARKETDATA_PROVIDER=fake")
    case .real:
      let path = value("SIGNALS_DB_PATH") ?? "/opt/trading/marketdata-stream/data/signals.db"
      return RealMarketDataService(
        signals: SignalsStore(path: absolutePath(path), busyWait: busyWait),
        source: try barSource())
    }
  }

  /// Makes the directory for the queue and the fake signals.
  ///
  /// - Throws: `CommandFailure` with exit code 73.
  func makeStateDirectory() throws(CommandFailure) {
    do {
      try FileManager.default.createDirectory(atPath: stateDirectory, withIntermediateDirectories: true)
    } catch {
      throw CommandFailure(
        "cannot_write", "cannot make the state directory \(stateDirectory): \(error.localizedDescription)", .cannotWrite
      )
    }
  }

  private func barSource() throws(CommandFailure) -> (any BarSource)? {
    guard let text = value("BARS_SOURCE") else { return nil }
    if let directory = text.after("csv:"), !directory.isEmpty {
      return CSVBarSource(directory: absolutePath(directory))
    }
    if let name = text.after("exec:") {
      return try execSource(name) { line in CommandOutput(isJSON: false).say("exec:\(name): \(line)") }
    }
    throw CommandFailure(
      "configuration", "BARS_SOURCE is '\(text)'; it must be csv:DIR or exec:NAME", .configuration)
  }
}

extension String {
  /// What follows a prefix, or nil where the text begins otherwise.
  fileprivate func after(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
