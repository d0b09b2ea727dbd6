import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON
import PrepaperRun

/// What was found of a published run.
struct VerifiedRun {
  let runID: RunID
  let checks: [RunCheck]

  /// Whether everything holds.
  var holds: Bool { checks.allSatisfy(\.holds) }

  /// A line for each check; where only what differs matters, those alone, or one line for the whole run.
  func text(isShort: Bool) -> String {
    if isShort, holds { return "ok       \(runID)" }
    return checks.filter { !isShort || !$0.holds }.map { $0.line(of: runID) }.joined(separator: "\n")
  }

  /// The run as `--json` shows it.
  var json: JSONValue {
    .object([
      "run_id": .string(runID.description), "holds": .bool(holds),
      "checks": .array(checks.map(\.json)),
    ])
  }
}
