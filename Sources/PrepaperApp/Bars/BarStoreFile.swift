package import PrepaperDomain
package import PrepaperMarketData

/// The file of a store of bars.
package struct BarStoreFile {
  private let path: String

  /// The store that a flag names, else the settings with `BARS_SOURCE=sqlite:FILE`; nothing need be there.
  ///
  /// - Throws: `AppError` with `usage` where neither names one.
  package init(flag: String?, _ settings: Settings) throws(AppError) {
    let prefix = "sqlite:"
    if let flag {
      path = absolutePath(flag)
      return
    }
    guard let source = settings.value(.barsSource), source.hasPrefix(prefix), source != prefix else {
      throw AppError("usage", "no store is named; say --store FILE, or set BARS_SOURCE=sqlite:FILE", .usage)
    }
    path = absolutePath(String(source.dropFirst(prefix.count)))
  }

  /// Opens the store to write to it, and makes it where there is none.
  ///
  /// - Throws: `RunError`.
  package func open() throws(RunError) -> BarStore { try BarStore(path: path, busyWait: .ofThisProcess) }

  /// Opens any file with a table of bars, only to read it.
  ///
  /// - Throws: `RunError`.
  package func openReading() throws(RunError) -> BarStore { try BarStore(readingPath: path, busyWait: .ofThisProcess) }
}
