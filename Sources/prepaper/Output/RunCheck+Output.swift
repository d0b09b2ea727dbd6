import PrepaperDomain
import PrepaperRun

extension RunCheck {
  /// The check on a line.
  func line(of runID: RunID) -> String {
    problem.map { "DIFFERS  \(runID)  \(name): \($0)" } ?? "ok       \(runID)  \(name)"
  }

  /// The check as `--json` shows it.
  var json: JSONValue {
    .object([
      "name": .string(name), "holds": .bool(holds), "problem": problem.map(JSONValue.string) ?? .null,
    ])
  }
}
