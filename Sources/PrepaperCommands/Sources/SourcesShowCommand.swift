import ArgumentParser
import PrepaperApp

/// `prepaper sources show NAME`: the document of one of them, to read, or to begin one's own with.
struct SourcesShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the document that describes a source.",
    discussion: """
      It goes to stdout as it stands: 'prepaper sources show alpaca > mine.json' begins a descriptor of one's own. \
      What lacks to use it, such as a key, is said on stderr.
      """)

  @Argument(help: "The source's name.")
  var name: String
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let settings = try await Settings()
    guard let source = try settings.sourceCatalog.source(named: name) else {
      let known = try settings.sourceCatalog.all().map(\.name).joined(separator: ", ")
      throw CommandFailure("not_found", "there is no source '\(name)'; there are: \(known)", .inputMissing)
    }
    let entry = SourceEntry(source, secrets: settings.secrets)
    for problem in entry.problems { answer.output.say("prepaper: \(problem)") }
    guard answer.json else { return answer.output.write(source.text) }
    answer.output.print(json: ["source": entry.json]) { source.text }
  }
}
