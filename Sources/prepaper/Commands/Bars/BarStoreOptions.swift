import ArgumentParser
import Glibc
import PrepaperMarketData
import PrepaperSQLite

/// Which store of bars a command works on.
struct BarStoreOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The store's file (BARS_SOURCE=sqlite:FILE).", valueName: "file"))
  var store: String?

  /// Opens the store to write to it, and makes it where there is none.
  ///
  /// - Throws: `CommandFailure` with exit code 64 where no store is named, `RunError`.
  func open(_ settings: Settings) throws -> BarStore {
    try BarStore(path: path(settings), busyWait: BusyWait(seed: UInt64(getpid())))
  }

  /// Opens any file with a table of bars, only to read it.
  ///
  /// - Throws: `CommandFailure` with exit code 64 where no store is named, `RunError`.
  func openReading(_ settings: Settings) throws -> BarStore {
    try BarStore(readingPath: path(settings), busyWait: BusyWait(seed: UInt64(getpid())))
  }

  /// The store's absolute path.
  ///
  /// - Throws: `CommandFailure` with exit code 64 where no store is named.
  func path(_ settings: Settings) throws(CommandFailure) -> String {
    let prefix = "sqlite:"
    if let store { return absolutePath(store) }
    guard let source = settings.value(.barsSource), source.hasPrefix(prefix), source != prefix else {
      throw CommandFailure(
        "usage", "no store is named; say --store FILE, or set BARS_SOURCE=sqlite:FILE", .usage)
    }
    return absolutePath(String(source.dropFirst(prefix.count)))
  }
}
