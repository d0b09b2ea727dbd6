import GRDBSQLite
import Glibc
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite
import PrepaperTestSupport

/// What a claim costs among a million finished and a million scheduled jobs, beside one on an empty queue.
struct ClaimBench {
  let rows: Int

  func run() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/full.db"
    _ = try JobStore(path: path, busyWait: BusyWait(seed: 1))
    try PlainQueue(path: path, synchronous: "OFF").fill(rows)
    // The kernel must not be busy with half a gigabyte while claims are measured.
    sync()
    let (empty, full) = try seconds(on: "\(directory.path)/empty.db", path)
    Bench.report([
      "bench": .string("claim"), "finished_rows": .integer(Int64(rows)), "scheduled_rows": .integer(Int64(rows)),
      "empty_microseconds": .double((empty * 1e7).rounded() / 10),
      "full_microseconds": .double((full * 1e7).rounded() / 10), "times_of_baseline": .double(full / empty),
    ])
    let overview = try JobStore(path: path, busyWait: BusyWait(seed: 1))
    let counting = try Bench.seconds(best: 20) { _ = try overview.overview() }
    Bench.report([
      "bench": .string("overview"), "jobs": .integer(Int64(2 * rows)),
      "milliseconds": .double((counting * 1e5).rounded() / 100),
    ])
    try ProcessBench(queue: path).commands(jobs: 2 * rows)
  }

  /// The median times of a claim on two queues, in turns; the disk is left out, since it is the same for both.
  private func seconds(on one: String, _ other: String) throws -> (Double, Double) {
    let now = UTCTimestamp(seconds: 1_735_689_600)
    guard let backtest = RunID("B") else { return (0, 0) }
    let submissions = try (0..<400).compactMap { number in
      try RunID("CLAIM_\(number)").map {
        Submission(
          try JobRequest(
            RunRequest(runID: $0, backtestRunID: backtest, artifactsRoot: "/srv/artifacts", window: .lastSession).json))
      }
    }
    let stores = try [one, other].map {
      try JobStore(path: $0, busyWait: BusyWait(seed: 1), durability: .normal)
    }
    for store in stores { _ = try store.submit(all: submissions, now: now) }
    var times: [[Double]] = [[], []]
    for _ in submissions {
      for (index, store) in stores.enumerated() {
        let start = ContinuousClock.now
        _ = try store.claim(worker: "bench", lease: .seconds(30), now: now)
        times[index].append((ContinuousClock.now - start).inSeconds)
      }
    }
    let medians = times.map { $0.sorted()[$0.count / 2] }
    return (medians[0], medians[1])
  }
}

extension PlainQueue {
  /// Adds that many finished jobs, and as many that are due in the far future.
  fileprivate func fill(_ rows: Int) throws {
    for (name, columns, values) in [
      ("DONE", "state, result, synthetic, finished_at, attempt, tries", "'succeeded', 'SUCCESS', 0, 5, 1, 1"),
      ("LATER", "state, run_at", "'scheduled', 4000000000000"),
    ] {
      try execute(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(rows))
        INSERT INTO jobs (request, priority, max_tries, queued_at, submitted_at, \(columns))
        SELECT json_object('run_id', '\(name)_' || i, 'backtest_run_id', 'B', 'artifacts_root', '/srv/artifacts'), 0, 3,
          i, i, \(values) FROM n
        """)
    }
  }
}
