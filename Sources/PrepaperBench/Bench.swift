import Glibc
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON

/// Measures prepaper, and prints one JSON object per line: what was measured, how much, how long, and the ratio to a
/// baseline in the same run.
///
/// With the word `pipeline` or `proofs` it measures those only.
@main
struct Bench {
  static func main() async throws {
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == TogetherBench.word { return try TogetherBench.cycle(Array(words.dropFirst())) }
    if words.first == ProofBench.word { return try ProofBench().run() }
    try await PipelineBench(sessions: 260).run()
    if words.first == PipelineBench.word { return }
    for durability in ["FULL", "NORMAL"] { try QueueBench(cycles: durability == "FULL" ? 500 : 5000).run(durability) }
    try TogetherBench(processes: 8).run()
    try ClaimBench(rows: 1_000_000).run()
    try ProcessBench.worker()
    try ProofBench().run()
  }

  /// Prints a line.
  static func report(_ members: [String: JSONValue]) {
    let line = Array((CanonicalJSON.compactText(.object(members)) + "\n").utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }

  /// The best of several runs: what the machine can do when nothing else disturbs it.
  static func seconds(best rounds: Int = 5, _ body: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    for _ in 0..<rounds {
      let start = ContinuousClock.now
      try body()
      best = min(best, (ContinuousClock.now - start).inSeconds)
    }
    return best
  }

  /// The best of several runs of something that waits.
  static func seconds(best rounds: Int = 5, _ body: () async throws -> Void) async rethrows -> Double {
    var best = Double.infinity
    for _ in 0..<rounds {
      let start = ContinuousClock.now
      try await body()
      best = min(best, (ContinuousClock.now - start).inSeconds)
    }
    return best
  }
}
