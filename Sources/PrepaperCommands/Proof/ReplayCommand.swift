import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON
import PrepaperRun

/// `prepaper replay`: a published run executed again, from its own bars.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Execute a published run again from its own bars, and compare.",
    discussion: """
      A fresh process takes the bars and the definition that the run has left, and must come to the same bytes. It asks \
      no source, writes no signal and changes nothing of the run. What comes out another way is left in a directory \
      that is named. Every run does this by itself, unless it was told --no-prove.

      Exit code 0 where all is the same, 1 where something differs, which is named, 3 where there is no such run.
      """)

  @Argument(help: ArgumentHelp("The run.", valueName: "run-id"))
  var runId: String
  @Flag(help: "Also try each signal without the bars after it, and with other ones.")
  var lookahead = false
  @OptionGroup var place: ArtifactsRootOptions
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws { _ = try wanted() }

  private func wanted() throws -> RunID { try RunID.argument(runId, "The run id") }

  func run() async throws {
    let settings = try await Settings()
    let root = try place.root(settings)
    let runID = try wanted()
    let replay = try await ReplayOfRun(runID, in: root, provesLookahead: lookahead, settings) { answer.output.say($0) }
    let replayed = replay.replayed
    if let kept = replay.kept { answer.output.say("what came out is in \(kept)") }
    if replayed.generatorVersion != generatorVersion {
      answer.output.say("the run is of prepaper \(replayed.generatorVersion), this is \(generatorVersion)")
    }
    try answer.output.end(
      json: replayed.json(runID), status: replayed.holds ? nil : .failed
    ) { replayed.text(runID) }
  }
}

extension ReplayedRun {
  fileprivate func text(_ runID: RunID) -> String {
    (checks.map { $0.line(of: runID) }
      + changes.map { change in
        let (before, after) = (
          change.before.map { CanonicalJSON.compactText($0) }, change.after.map { CanonicalJSON.compactText($0) }
        )
        return "  \(change.path): \(before ?? "nothing") became \(after ?? "nothing")"
      }).joined(separator: "\n")
  }

  fileprivate func json(_ runID: RunID) -> [String: JSONValue] {
    [
      "run_id": .string(runID.description), "holds": .bool(holds), "checks": .array(checks.map(\.json)),
      "changes": .array(changes.map(\.json)), "lookahead": lookahead?.json ?? .null,
      "generator_version": .string(generatorVersion),
    ]
  }
}
