import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON
import PrepaperRun

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
