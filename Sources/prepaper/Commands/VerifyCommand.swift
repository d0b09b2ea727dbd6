import ArgumentParser
import PrepaperArtifacts
import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON
import PrepaperRun

/// `prepaper verify`: whether published runs are still what they were.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that published runs are still what they were.",
    discussion: """
      Looked at are: every file against its digest in the manifest, the manifest against its hash in \(RunFile.meta) \
      and that against its own, the keys of the orders, the plan against the export and against the signals store, the \
      backtest against what it was, and the attestation, if there is one, against the run. Nothing is changed.

      Exit code 0 where all holds, 1 where something differs, which is named, 3 where there is no such run.
      """)

  @Argument(help: ArgumentHelp("The runs to look at.", valueName: "run-id"))
  var runIds: [String] = []
  @Flag(help: "Look at every run below the artifacts root.")
  var all = false
  @Option(
    help: ArgumentHelp("Also check each run's attestation against this public key, in PEM.", valueName: "file"))
  var attestation: String?
  @OptionGroup var store: VerifiedStoreOptions
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws {
    guard runIds.isEmpty == all else { throw ValidationError("Say which runs: their ids, or --all.") }
    _ = try wanted()
  }

  private func wanted() throws -> [RunID] { try runIds.map { try RunID.argument($0, "The run id") } }

  func run() async throws {
    let settings = try await Settings()
    let root = try store.root(settings)
    let key = try attestation.map { try AttestationPublicKey(pem: keyText($0), name: $0) }
    let verifier = store.verifier(settings, root, key: key)
    let wanted = all ? try root.publishedRuns() : try wanted()
    let progress = ImportProgress(answer.output, environment: settings.environment)
    var runs: [VerifiedRun] = []
    for (number, runID) in wanted.enumerated() {
      progress.show("verify", number, of: wanted.count, "runs")
      do {
        if let checks = try await verifier.checks(of: runID) {
          runs.append(VerifiedRun(runID: runID, checks: checks))
        } else if !all {
          throw CommandFailure(noRun: runID, in: root)
        }
      } catch let error as RunError where all {
        // One that cannot be read does not hold; the others are looked at all the same.
        runs.append(VerifiedRun(runID: runID, checks: [RunCheck("run", error.message)]))
      }
    }
    progress.clear()
    let differing = runs.filter { !$0.holds }
    try answer.output.end(
      json: ["runs": .array(runs.map(\.json)), "holds": .bool(differing.isEmpty)], failure: nil,
      status: differing.isEmpty ? nil : .failed
    ) {
      (runs.map { $0.text(isShort: all) } + ["\(runs.count - differing.count) of \(runs.count) runs hold"])
        .joined(separator: "\n")
    }
  }
}
