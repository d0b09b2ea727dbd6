import ArgumentParser
import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON
import PrepaperMarketData
import PrepaperRun

/// `prepaper promote`: whether a run may be traded, and a signed statement that says so.
struct PromoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promote",
    abstract: "Decide by a policy whether a run is good enough, and sign that it is.",
    discussion: """
      The policy is a JSON file; what it does not say is strict: {"real_data": true, "approved_backtest": true, \
      "replay": true, "lookahead": "holds", "verified": true, "min_signals": 1, "max_drift": null}. Each rule is a line. \
      Where all hold, \(RunFile.attestation) is added to the run's folder: an in-toto statement over the digests of its \
      files and its definition, in a DSSE envelope, signed with an Ed25519 key. 'prepaper verify R --attestation KEY.pub' \
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
    let policy = try readPolicy()
    let promotion = try await Promotion(
      runID, in: root, policy: policy, verifier: store.verifier(settings, root), archive: CSVBarArchive())
    guard let promotion else { throw CommandFailure(noRun: runID, in: root) }
    var attestation: String?
    if promotion.isGranted {
      let envelope = try AttestationEnvelope(promotion.statement, key: readKey(settings))
      let directory = try RunAmendment(runID, in: root, archive: CSVBarArchive())
        .publish(.attestation, .value(envelope.json), isListed: false)
      attestation = "\(directory)/\(RunFile.attestation)"
    }
    let words = attestation.map { "yes: \(runID) is promoted, signed in \($0)" } ?? "no: \(runID) is not promoted"
    try answer.output.end(
      json: [
        "run_id": .string(runID.description), "promoted": .bool(promotion.isGranted),
        "checks": .array(promotion.checks.map(\.json)), "policy": policy.json,
        "attestation": attestation.map(JSONValue.string) ?? .null,
      ], failure: nil, status: promotion.isGranted ? nil : .failed
    ) { (promotion.checks.map { $0.line(of: runID, broken: "no     ") } + [words]).joined(separator: "\n") }
  }

  private func readPolicy() throws -> PromotionPolicy {
    guard let policy else { return PromotionPolicy() }
    guard let data = FileManager.default.contents(atPath: policy) else {
      throw RunError(.policyInvalid, "cannot read the policy \(policy)")
    }
    let json: JSONValue
    do {
      json = try JSONParser.parse(Array(data))
    } catch let error {
      throw RunError(.policyInvalid, "policy \(policy) is not JSON: \(error)")
    }
    return try PromotionPolicy(json, name: policy)
  }

  private func readKey(_ settings: Settings) throws -> AttestationKey {
    if let key { return try AttestationKey(pem: keyText(key), name: key) }
    if let directory = settings.environment["CREDENTIALS_DIRECTORY"] {
      for name in ["attestation.key", "prepaper_attestation.key"] {
        let path = "\(directory)/\(name)"
        guard FileManager.default.fileExists(atPath: path) else { continue }
        return try AttestationKey(pem: keyText(path), name: "the credential \(name)")
      }
    }
    throw RunError(
      .keyInvalid,
      "the run passes, but there is no key to sign that: give --key FILE, or attestation.key in $CREDENTIALS_DIRECTORY")
  }
}

/// The text of a key's file.
func keyText(_ path: String) throws(RunError) -> String {
  guard let data = FileManager.default.contents(atPath: path) else {
    throw RunError(.keyInvalid, "cannot read the key \(path)")
  }
  return String(decoding: data, as: UTF8.self)
}
