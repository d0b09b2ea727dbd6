import PrepaperApp
import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON

extension RunCheck {
  /// The check on a line, which begins with a word that says whether it holds.
  func line(of runID: RunID, broken: String = "DIFFERS") -> String {
    problem.map { "\(broken)  \(runID)  \(name): \($0)" } ?? "ok       \(runID)  \(name)"
  }

  /// The check as `--json` shows it.
  var json: JSONValue {
    .object([
      "name": .string(name), "holds": .bool(holds), "problem": problem.map(JSONValue.string) ?? .null,
    ])
  }
}

extension VerifiedRun {
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
