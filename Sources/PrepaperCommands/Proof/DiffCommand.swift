import ArgumentParser
import PrepaperApp
import PrepaperArtifacts
import PrepaperDomain
import PrepaperEvidence

/// `prepaper diff`: what two published runs do not have in common.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show in what two published runs differ.",
    discussion: """
      Orders are the same decision where time, symbol and side are the same: - only in the first plan, + only in the \
      second, ~ in both with other numbers. Below stands what differs in what the runs were made of: parameters, bars, \
      window, versions.

      Exit code 0 where nothing differs, 1 where something does, 66 where a run is not published.
      """)

  @Argument(help: ArgumentHelp("The first run.", valueName: "run-id"))
  var first: String
  @Argument(help: ArgumentHelp("The second run.", valueName: "run-id"))
  var second: String
  @OptionGroup var place: ArtifactsRootOptions
  @Option(help: ArgumentHelp("The same of the second run, if it is another.", valueName: "dir"))
  var otherRoot: String?
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws { _ = try runs() }

  func run() async throws {
    let settings = try await Settings()
    let runs = try runs()
    let root = try place.root(settings)
    let other = try otherRoot.map { ArtifactsRoot(path: try artifactsRootPath(flag: $0, settings: settings)) } ?? root
    let comparison = try RunComparison((root, runs.first), (other, runs.second))
    try answer.output.end(
      json: comparison.json(runs.first, runs.second), status: comparison.isSame ? nil : .failed
    ) { comparison.text }
  }

  private func runs() throws -> (first: RunID, second: RunID) {
    (try RunID.argument(first, "The first run"), try RunID.argument(second, "The second run"))
  }
}
