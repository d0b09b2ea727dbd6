package import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON

/// Whether a published run passes a policy, rule by rule, and the statement that says so.
package struct Promotion: Sendable {
  /// Every rule of the policy that was looked at.
  package let checks: [RunCheck]
  private let policy: PromotionPolicy
  private let definition: JSONValue
  /// The hashes of the files that are signed for.
  private let subjects: [String: String]

  /// Whether all rules hold.
  package var isGranted: Bool { checks.allSatisfy(\.holds) }

  /// Looks at a run; nil where it is not published.
  ///
  /// - Parameter verifier: of the run's root.
  /// - Throws: `RunError` where a file is there and cannot be read.
  package init?(
    _ runID: RunID, in root: ArtifactsRoot, policy: PromotionPolicy, verifier: RunVerifier, archive: any BarArchive
  ) async throws {
    guard let verified = try await verifier.checks(of: runID),
      let bytes = try root.published(.manifest, of: runID)
    else { return nil }
    let definition = try PublishedFiles(root, runID).json(.manifest)
    self.policy = policy
    self.definition = definition
    let manifest: RunManifest
    do throws(RunError) {
      manifest = try RunManifest(definition, file: "\(root.runDirectory(runID))/\(RunFile.manifest)")
    } catch {
      // A run that does not say what it is passes no policy.
      checks = [RunCheck(RunFile.manifest.name, error.message)]
      subjects = [:]
      return
    }
    var checks: [RunCheck] = []
    if policy.verified {
      let broken = verified.first { !$0.holds }
      checks.append(RunCheck("verified", broken.map { "\($0.name): \($0.problem ?? "")" }))
    }
    checks += Self.checks(of: manifest, policy)
    if let most = policy.maxDrift {
      checks.append(RunCheck("max_drift", try Self.driftProblem(runID, root, archive, most: most)))
    }
    self.checks = checks
    var subjects = [RunFile.manifest.name: sha256Hex(bytes)]
    for file in manifest.files { subjects[file.path] = file.sha256 }
    self.subjects = subjects
  }

  /// What is signed of a run that passes.
  package var statement: AttestationStatement {
    AttestationStatement(subjects: subjects, definition: definition, policy: policy.json)
  }

  private static func checks(of manifest: RunManifest, _ policy: PromotionPolicy) -> [RunCheck] {
    var checks = [
      RunCheck(
        "status",
        manifest.status == .success
          ? nil : "the result is \(manifest.status.rawValue): \(manifest.reason ?? "no reason")")
    ]
    if policy.realData {
      checks.append(RunCheck("real_data", manifest.data.provenance.isSynthetic ? "the bars were made up" : nil))
    }
    if policy.approvedBacktest {
      checks.append(
        RunCheck("approved_backtest", manifest.inputs.backtestStatus.map { "the backtest ended in '\($0)'" }))
    }
    let proof = manifest.proof
    if policy.replay {
      checks.append(
        RunCheck("replay", proof.replay == .holds ? nil : "the run has not proven that it comes out the same again"))
    }
    checks.append(
      RunCheck(
        "lookahead",
        policy.lookahead.contains(proof.lookahead)
          ? nil : "the proof that no signal saw the future is '\(proof.lookahead.rawValue)'"))
    let signals = manifest.outputs.signals
    checks.append(
      RunCheck(
        "min_signals",
        signals >= policy.minSignals ? nil : "there are \(signals), the policy wants \(policy.minSignals)"))
    return checks
  }

  private static func driftProblem(
    _ runID: RunID, _ root: ArtifactsRoot, _ archive: any BarArchive, most: Double
  ) throws(RunError) -> String? {
    let subject = try DriftSubject(run: runID, in: root, archive: archive)
    guard let reference = try DriftReference(backtest: subject.backtest, in: root) else {
      return "the backtest has left no \(BacktestFile.intents) to hold the signals against"
    }
    let report = try DriftReport(subject, reference)
    guard report.compared > 0 else {
      return "cannot be told: the run and its backtest have no signals of the same time"
    }
    let drift = report.drift
    return drift <= most ? nil : "is \(drift), the policy allows \(most); prepaper drift \(runID) tells why"
  }
}
