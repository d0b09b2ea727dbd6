import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite
import PrepaperTestSupport

/// Several processes that enqueue, claim and finish on one queue, each durable at FULL, for a while.
struct TogetherBench {
  /// The first word of the command line of such a process.
  static let word = "cycles"
  private static let seconds = 6

  let processes: Int

  func run() throws {
    let directory = try TemporaryDirectory()
    let alone = try cycles(1, "\(directory.path)/alone")
    let together = try cycles(processes, "\(directory.path)/together")
    let counts = together.compactMap { $0["cycles"]?.integerValue }
    let total = { (answers: [JSONValue]) in answers.compactMap { $0["cycles"]?.integerValue }.reduce(0, +) }
    Bench.report([
      "bench": .string("queue_together"), "processes": .integer(Int64(counts.count)),
      "seconds": .integer(Int64(Self.seconds)),
      "cycles": .integer(total(together)),
      "speed_of_baseline": .double(Double(total(together)) / Double(max(1, total(alone)))),
      "worst_claim_milliseconds": .double(
        together.compactMap { $0["worst_claim_milliseconds"]?.doubleValue }.max() ?? 0),
      "largest_share_of_smallest": .double(Double(counts.max() ?? 0) / Double(max(1, counts.min() ?? 0))),
      "failures": .integer(together.compactMap { $0["failures"]?.integerValue }.reduce(0, +)),
    ])
  }

  /// What each process has answered.
  private func cycles(_ count: Int, _ path: String) throws -> [JSONValue] {
    _ = try JobStore(path: "\(path).db", busyWait: BusyWait(seed: 1))
    let running = try (0..<count).map { number in
      try Spawned("/proc/self/exe", [Self.word, "\(path).db", "\(path).\(number).json", "\(number)"])
    }
    for process in running { process.wait() }
    return try (0..<count).map { number in
      try JSONParser.parse(Array(Data(contentsOf: URL(fileURLWithPath: "\(path).\(number).json"))))
    }
  }

  /// The process itself; its words are the queue's path, the file for its answer, and its number.
  static func cycle(_ words: [String]) throws {
    guard words.count == 3, let number = UInt64(words[2]), let backtest = RunID("B") else { return }
    let store = try JobStore(path: words[0], busyWait: BusyWait(seed: number))
    let now = UTCTimestamp(seconds: 1_735_689_600)
    let end = ContinuousClock.now + .seconds(seconds)
    var (done, failures): (Int64, Int64) = (0, 0)
    var worst = Duration.zero
    while ContinuousClock.now < end {
      guard let run = RunID("RUN_\(number)_\(done)_\(failures)") else { return }
      do {
        _ = try store.submit(
          JobRequest(
            RunRequest(runID: run, backtestRunID: backtest, artifactsRoot: "/srv/artifacts", window: .lastSession).json),
          now: now)
        let begin = ContinuousClock.now
        let claim = try store.claim(worker: "bench-\(number)", lease: .seconds(30), now: now)
        worst = max(worst, ContinuousClock.now - begin)
        guard let claim else { continue }
        try store.finish(claim, .cancelled, now: now)
        done += 1
      } catch is SQLiteFailure {
        failures += 1
      }
    }
    let answer: JSONValue = .object([
      "cycles": .integer(done), "failures": .integer(failures),
      "worst_claim_milliseconds": .double((worst.inSeconds * 1e4).rounded() / 10),
    ])
    try Data(CanonicalJSON.compactText(answer).utf8).write(to: URL(fileURLWithPath: words[1]))
  }
}
