import Foundation
import PrepaperDomain
import PrepaperMarketData
import PrepaperSQLite

extension Settings {
  /// The source of bars that `BARS_SOURCE` names, or nil where it is not set.
  ///
  /// - Throws: `CommandFailure` with exit code 78 for one that is not known; the store's failure where what a program
  ///   has printed cannot be kept.
  func barSource(busyWait: BusyWait) throws(CommandFailure) -> (any BarSource)? {
    guard let text = value("BARS_SOURCE") else { return nil }
    if let directory = text.after("csv:") { return CSVBarSource(directory: absolutePath(directory)) }
    if let file = text.after("sqlite:") { return SQLiteBarSource(path: absolutePath(file), busyWait: busyWait) }
    if let name = text.after("exec:") {
      let source = try execSource(name) { line in CommandOutput(isJSON: false).say("exec:\(name): \(line)") }
      return CachedBarSource(source, store: try keptBars(of: "exec_\(name)", busyWait))
    }
    throw CommandFailure(
      "configuration", "BARS_SOURCE is '\(text)'; it must be csv:DIR, sqlite:FILE or exec:NAME", .configuration)
  }

  /// The store beside the queue with the bars that have come from one source.
  private func keptBars(of source: String, _ busyWait: BusyWait) throws(CommandFailure) -> BarStore {
    let directory = URL(fileURLWithPath: queuePath(flag: nil)).deletingLastPathComponent().path
    try makeDirectory(directory)
    do {
      return try BarStore(path: "\(directory)/bars_\(source).db", busyWait: busyWait)
    } catch let error {
      throw CommandFailure(error) ?? CommandFailure("unexpected", error.message, .failed)
    }
  }
}

extension String {
  /// What follows a prefix, or nil where the text begins otherwise or nothing follows.
  fileprivate func after(_ prefix: String) -> String? {
    hasPrefix(prefix) && utf8.count > prefix.utf8.count ? String(dropFirst(prefix.count)) : nil
  }
}
