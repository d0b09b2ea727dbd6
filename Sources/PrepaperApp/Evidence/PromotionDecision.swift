import Foundation
package import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperEvidence
import PrepaperJSON
import PrepaperMarketData

/// Whether a run may be traded, and where it says so.
package struct PromotionDecision {
  /// The rules, one by one.
  package let promotion: Promotion
  /// Which rules they are.
  package let policy: PromotionPolicy
  /// The path of the signed statement; nil where the answer is no.
  package let attestation: String?

  /// Decides, and signs where the answer is yes.
  ///
  /// - Parameters:
  ///   - policy: the file of the policy; nil for the strict one.
  ///   - key: the file of the private key; nil for the credential that systemd has loaded.
  ///   - signalsDb: the store of the signals, if a flag names one; else that of the run's provider.
  /// - Throws: `AppError` with `noSuchRun`; `RunError` where a policy or a key cannot be used.
  package init(
    on runID: RunID, in root: ArtifactsRoot, policy: String?, key: String?, signalsDb: String?, _ settings: Settings
  ) async throws {
    self.policy = try Self.policy(policy)
    let promotion = try await Promotion(
      runID, in: root, policy: self.policy, verifier: settings.verifier(of: root, signalsDb: signalsDb),
      archive: CSVBarArchive())
    guard let promotion else { throw AppError(noRun: runID, in: root) }
    self.promotion = promotion
    guard promotion.isGranted else {
      attestation = nil
      return
    }
    let envelope = try AttestationEnvelope(promotion.statement, key: Self.key(key, settings))
    let directory = try RunAmendment(runID, in: root, archive: CSVBarArchive())
      .publish(.attestation, .value(envelope.json), isListed: false)
    attestation = "\(directory)/\(RunFile.attestation)"
  }

  private static func policy(_ path: String?) throws(RunError) -> PromotionPolicy {
    guard let path else { return PromotionPolicy() }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RunError(.policyInvalid, "cannot read the policy \(path)")
    }
    let json: JSONValue
    do {
      json = try JSONParser.parse(Array(data))
    } catch let error {
      throw RunError(.policyInvalid, "policy \(path) is not JSON: \(error)")
    }
    return try PromotionPolicy(json, name: path)
  }

  private static func key(_ path: String?, _ settings: Settings) throws(RunError) -> AttestationKey {
    if let path { return try AttestationKey(pem: KeyFile(path: path).text, name: path) }
    if let directory = settings.environment["CREDENTIALS_DIRECTORY"] {
      for name in ["attestation.key", "prepaper_attestation.key"] {
        let path = "\(directory)/\(name)"
        guard FileManager.default.fileExists(atPath: path) else { continue }
        return try AttestationKey(pem: KeyFile(path: path).text, name: "the credential \(name)")
      }
    }
    throw RunError(
      .keyInvalid,
      "the run passes, but there is no key to sign that: give --key FILE, or attestation.key in $CREDENTIALS_DIRECTORY")
  }
}
