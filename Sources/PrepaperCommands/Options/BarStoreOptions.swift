import ArgumentParser
import PrepaperApp

/// Which store of bars a command works on.
struct BarStoreOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The store's file (BARS_SOURCE=sqlite:FILE).", valueName: "file"))
  var store: String?

  /// The store's file.
  ///
  /// - Throws: `AppError` where no store is named.
  func file(_ settings: Settings) throws -> BarStoreFile { try BarStoreFile(flag: store, settings) }
}
