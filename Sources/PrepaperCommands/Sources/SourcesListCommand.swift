import ArgumentParser
import PrepaperApp
import PrepaperJSON

/// `prepaper sources list`: all of them, and those that cannot be used.
struct SourcesListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the sources that there are, and descriptions that cannot be used.",
    discussion: "BARS_SOURCE takes what stands in the first column.")

  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let settings = try await Settings()
    var entries: [SourceEntry] = []
    var unusable: [(name: String, error: AppError)] = []
    for (name, source) in try settings.sourceCatalog.all() {
      switch source {
      case .success(let source): entries.append(SourceEntry(source, secrets: settings.secrets))
      case .failure(let error): unusable.append((name, error))
      }
    }
    for (_, error) in unusable { answer.output.say("prepaper: cannot be used: \(error)") }
    answer.output.print(json: [
      "sources": .array(entries.map(\.json)),
      "unusable": .array(
        unusable.map { .object(["name": .string($0.name), "problem": .string($0.error.message)]) }),
    ]) {
      var table = Table(SourceEntry.headings)
      for entry in entries { table.add(entry.row) }
      return table.text
    }
  }
}
