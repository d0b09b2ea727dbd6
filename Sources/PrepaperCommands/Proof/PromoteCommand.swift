import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON

/// `prepaper promote`: whether a run may be traded, and a signed statement that says so.
struct PromoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promote",
    abstract: "Decide by a policy whether a run is good enough, and sign that it is.",
    discussion: """
      The policy is a JSON file; what it does not say is strict: {"real_data": true, "approved_backtest": true, \
      "replay": true, "lookahead": "holds", "verified": true, "min_signals": 1, "max_drift": null}. Each rule is a line. \
      Where all hold, attestation.json is added to the run's folder: an in-toto statement over the digests of its files \
      and its definition, in a DSSE envelope, signed with an Ed25519 key. 'prepaper verify R --attestation KEY.pub' \
      checks it.

      The key is --key, or attestation.key in $CREDENTIALS_DIRECTORY (systemd: LoadCredential=). Make one with openssl \
      genpkey -algorithm ed25519 -out attestation.key, and its public part with openssl pkey -in attestation.key -pubout.

      Exit code 0 where the answer is yes, 1 where it is no, 3 where there is no such run, 78 without a usable key or \
      policy.
      """)

  @Argument(help: ArgumentHelp("The run.", valueName: "run-id"))
  var runId: String
  @Option(help: ArgumentHelp("The policy (without: the strict one).", valueName: "file"))
  var policy: String?
  @Option(help: ArgumentHelp("The private key, in PEM.", valueName: "file"))
  var key: String?
  @OptionGroup var store: VerifiedStoreOptions
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws { _ = try RunID.argument(runId, "The run id") }

  func run() async throws {
    let settings = try await Settings()
    let runID = try RunID.argument(runId, "The run id")
    let root = try store.root(settings)
    let decision = try await PromotionDecision(
      on: runID, in: root, policy: policy, key: key, signalsDb: store.signalsDb, settings)
    let promotion = decision.promotion
    let words =
      decision.attestation.map { "yes: \(runID) is promoted, signed in \($0)" } ?? "no: \(runID) is not promoted"
    try answer.output.end(
      json: [
        "run_id": .string(runID.description), "promoted": .bool(promotion.isGranted),
        "checks": .array(promotion.checks.map(\.json)), "policy": decision.policy.json,
        "attestation": decision.attestation.map(JSONValue.string) ?? .null,
      ], status: promotion.isGranted ? nil : .failed
    ) { (promotion.checks.map { $0.line(of: runID, broken: "no     ") } + [words]).joined(separator: "\n") }
  }
}
