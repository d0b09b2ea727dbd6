import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperJSON

/// `prepaper verify`: whether published runs are still what they were.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that published runs are still what they were.",
    discussion: """
      Looked at are: every file against its digest in the manifest, the manifest against its hash in run_meta.json and \
      that against its own, the keys of the orders, the plan against the export and against the signals store, the \
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
    let verifier = try settings.verifier(of: root, signalsDb: store.signalsDb, key: attestation)
    let progress = TerminalProgress(answer.output, environment: settings.environment)
    let runs = try await VerifiedRun.all(all ? nil : wanted(), in: root, verifier) { done, all in
      progress.show("verify", done, of: all, "runs")
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
