package import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON

/// Whether a published run passes a policy, rule by rule, and the statement that says so.
package struct Promotion: Sendable {
  /// Every rule of the policy that was looked at.
  package let checks: [RunCheck]
  private let policy: PromotionPolicy
  private let definition: JSONValue
  private let definitionHash: String

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
      let bytes = try root.published(RunFile.manifest.name, of: runID)
    else { return nil }
    let definition = try PublishedFiles(root, runID).definition
    var checks: [RunCheck] = []
    if policy.verified {
      let broken = verified.first { !$0.holds }
      checks.append(RunCheck("verified", broken.map { "\($0.name): \($0.problem ?? "")" }))
    }
    checks += Self.checks(of: definition, policy)
    if let most = policy.maxDrift {
      checks.append(RunCheck("max_drift", try Self.driftProblem(runID, root, archive, most: most)))
    }
    self.checks = checks
    self.policy = policy
    self.definition = definition
    definitionHash = sha256Hex(bytes)
  }

  /// What is signed of a run that passes.
  package var statement: AttestationStatement {
    var subjects = [RunFile.manifest.name: definitionHash]
    for file in ManifestFiles(definition).files { subjects[file.path] = file.sha256 }
    return AttestationStatement(subjects: subjects, definition: definition, policy: policy.json)
  }

  private static func checks(of definition: JSONValue, _ policy: PromotionPolicy) -> [RunCheck] {
    let status = definition["result"]?["status"]?.stringValue
    var checks = [
      RunCheck(
        "status",
        status == RunStatus.success.rawValue
          ? nil : "the result is \(status ?? "none"): \(definition["result"]?["reason"]?.stringValue ?? "no reason")")
    ]
    if policy.realData {
      let isMadeUp = definition["data"]?["provider"]?["synthetic"] == .bool(true)
      checks.append(RunCheck("real_data", isMadeUp ? "the bars were made up" : nil))
    }
    if policy.approvedBacktest {
      let status = definition["inputs"]?["backtest_status"]?.stringValue
      checks.append(RunCheck("approved_backtest", status.map { "the backtest ended in '\($0)'" }))
    }
    let proof = RunProof(definition["proof"])
    if policy.replay {
      checks.append(
        RunCheck("replay", proof?.replay == .holds ? nil : "the run has not proven that it comes out the same again"))
    }
    let isEnough = proof.map { policy.lookahead.contains($0.lookahead) } ?? false
    checks.append(
      RunCheck(
        "lookahead",
        isEnough ? nil : "the proof that no signal saw the future is '\(proof?.lookahead.rawValue ?? "none")'"))
    let signals = definition["outputs"]?["signals_count"]?.integerValue ?? 0
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
      return "the backtest has left no events_intent.csv to hold the signals against"
    }
    let report = try DriftReport(subject, reference)
    guard report.compared > 0 else {
      return "cannot be told: the run and its backtest have no signals of the same time"
    }
    let drift = report.drift
    return drift <= most ? nil : "is \(drift), the policy allows \(most); prepaper drift \(runID) tells why"
  }
}
