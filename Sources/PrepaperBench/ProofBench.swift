import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport

/// What the proofs cost: a run of 100,000 minutes with a thousand signals, with and without them, in turns.
struct ProofBench {
  /// Asks for this part alone.
  static let word = "proofs"

  private static let rounds = 7

  func run() throws {
    let directory = try TemporaryDirectory()
    let root = "\(directory.path)/artifacts"
    try ProcessBench.writeBacktest("B", in: root, replacing: ["\"M15\"": "\"M1\"", "minutes\": 15": "minutes\": 1"])
    var times: [String: [Double]] = [:]
    for round in 0..<Self.rounds {
      for flag in ["--no-prove", ""] {
        let id = "R\(round)\(flag)"
        let start = ContinuousClock.now
        try Spawned(
          ProcessBench.program,
          [
            "run", "--backtest-run-id", "B", "--run-id", id, "--artifacts-root", root, "--from", "2024-01-02", "--to",
            "2025-01-10",
          ] + (flag.isEmpty ? [] : [flag]),
          ["XDG_STATE_HOME": directory.path, "HOME": directory.path, "PREPAPER_ENV_FILES": "\(directory.path)/none"]
        ).wait()
        times[flag, default: []].append((ContinuousClock.now - start).inSeconds)
      }
    }
    let manifest = try JSONParser.parse(
      Array(Data(contentsOf: URL(fileURLWithPath: "\(root)/prepaper/R0/\(RunFile.manifest)"))))
    guard let bare = times["--no-prove"]?.min(), let proven = times[""]?.min() else { return }
    Bench.report([
      "bench": .string("proofs"), "signals": manifest["outputs"]?["signals_count"] ?? .null,
      "bars": manifest["history"]?["present_bars"] ?? .null, "proof": manifest["proof"] ?? .null,
      "seconds": .double(proven), "bare_seconds": .double(bare), "times_of_baseline": .double(proven / bare),
    ])
  }
}
