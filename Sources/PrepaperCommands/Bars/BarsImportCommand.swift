import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperJSON

/// `prepaper bars import`: puts bars from CSV into a store.
struct BarsImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Put bars from CSV into a store, which is made where there is none.",
    discussion: """
      A file is imported as a whole or not at all. The first one that cannot be is named with its line and rule (exit \
      65): the files before it stay imported, those after it are not tried.

      Bars that are there already with the same numbers are unchanged. One with other numbers is refused; with \
      --replace it takes the other's place, and 'bars check' reports both.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files with a header like ts,open,high,low,close,volume; - for the standard input.", valueName: "file"))
  var files: [String]
  @Option(help: "The instrument; without it the name SYMBOL.TF.csv says which.")
  var symbol: Symbol?
  @Option(help: "The length of the bars, M1, M5, M15, M30, H1 or D1; without it the name SYMBOL.TF.csv says which.")
  var timeframe: Timeframe?
  @Flag(help: "Let bars with other numbers take the place of those that are there.")
  var replace = false
  @OptionGroup var store: BarStoreOptions
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws {
    _ = try named()
    guard files.count(where: { $0 == "-" }) < 2 else { throw ValidationError("The standard input can be read once.") }
  }

  func run() async throws {
    let settings = try await Settings()
    // Nobody wants to hear after a long file that no store is named.
    let store = try store.file(settings)
    let progress = TerminalProgress(answer.output, environment: settings.environment)
    let imported = BarsImport(into: store, replacing: replace, progress: progress.show).take(try named())
    progress.clear()
    let failure = imported.lazy.compactMap(\.failure).first
    try answer.output.end(
      json: ["files": .array(imported.map(\.json))], failure: failure, status: failure?.status
    ) {
      var table = Table(ImportedFile.headings)
      for file in imported { table.add(file.row) }
      return table.text
    }
  }

  private func named() throws -> [ImportFile] {
    do throws(FieldFault) {
      return try files.map { (path) throws(FieldFault) in
        try ImportFile(path, symbol: symbol, timeframe: timeframe)
      }
    } catch {
      throw ValidationError(error.description)
    }
  }
}
