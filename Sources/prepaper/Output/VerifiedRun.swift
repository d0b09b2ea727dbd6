import PrepaperDomain
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
    return checks.filter { !isShort || !$0.holds }.map { check in
      check.problem.map { "DIFFERS  \(runID)  \(check.name): \($0)" } ?? "ok       \(runID)  \(check.name)"
    }.joined(separator: "\n")
  }

  /// The run as `--json` shows it.
  var json: JSONValue {
    .object([
      "run_id": .string(runID.description), "holds": .bool(holds),
      "checks": .array(
        checks.map { check in
          .object([
            "name": .string(check.name), "holds": .bool(check.holds),
            "problem": check.problem.map(JSONValue.string) ?? .null,
          ])
        }),
    ])
  }
}
