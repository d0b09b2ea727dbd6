import PrepaperDomain
import PrepaperJSON
import PrepaperRun

extension StagedRun {
  /// A published run as `run --json` shows it.
  func json(_ runID: RunID, _ directory: String) -> [String: JSONValue] {
    [
      "run_id": .string(runID.description),
      "status": .string(status.rawValue),
      "reason": reason.map(JSONValue.string) ?? .null,
      "synthetic": .bool(isSynthetic),
      "run_dir": .string(directory),
      "plan_hash": .string(planHash),
      "proof": proof.json,
      "signals": .object([
        "written": .integer(Int64(signals.written)),
        "duplicates_skipped": .integer(Int64(signals.duplicatesSkipped)),
      ]),
      "rejects": .array(rejects.map(\.json)),
      "artifacts": .array(
        files.map { file in
          .object([
            "path": .string("\(directory)/\(file.path)"), "bytes": .integer(Int64(file.bytes)),
            "sha256": .string(file.sha256),
          ])
        }),
    ]
  }

  /// A published run over several lines.
  func text(_ runID: RunID, _ directory: String) -> String {
    var table = Table([])
    table.add(["run", runID.description])
    table.add(["result", isSynthetic ? "\(status.rawValue) (synthetic)" : status.rawValue])
    if let reason { table.add(["reason", reason]) }
    table.add(["signals", "\(signals.written) written, \(signals.duplicatesSkipped) duplicates skipped"])
    table.add(["rejects", "\(rejects.count)"])
    table.add(["proofs", "replay \(proof.replay.words), look-ahead \(proof.lookahead.words)"])
    table.add(["plan", planHash])
    table.add(["directory", directory])
    return table.text
  }
}

extension RawRepresentable<String> {
  /// What it says in words, `not run` for `not_run`.
  fileprivate var words: String { rawValue.split(separator: "_").joined(separator: " ") }
}
