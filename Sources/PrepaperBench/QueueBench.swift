import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite
import PrepaperTestSupport

/// Enqueue, claim and finish, each durable: through the queue, and as the same statements on the SQLite C API.
struct QueueBench {
  let cycles: Int

  func run(_ durability: String) throws {
    guard let level = Durability(rawValue: durability) else { return }
    let directory = try TemporaryDirectory()
    let now = UTCTimestamp(seconds: 1_735_689_600)
    // In turns, so that both see the same machine.
    let store = try JobStore(
      path: "\(directory.path)/store.db", busyWait: BusyWait(seed: 1), durability: level)
    _ = try JobStore(path: "\(directory.path)/plain.db", busyWait: BusyWait(seed: 1))
    let plain = try PlainQueue(path: "\(directory.path)/plain.db", synchronous: durability)
    var (throughStore, throughPlain) = (Duration.zero, Duration.zero)
    for round in 0..<10 {
      let ids = (0..<cycles / 10).map { "RUN_\(round)_\($0)" }
      throughPlain += try measure { for id in ids { try plain.cycle(id, now: now.milliseconds) } }
      throughStore += try measure { for id in ids { try cycle(store, id, now) } }
    }
    for (name, duration) in [("sqlite_c_api", throughPlain), ("job_store", throughStore)] {
      Bench.report([
        "bench": .string("queue_cycle"), "synchronous": .string(durability), "through": .string(name),
        "cycles": .integer(Int64(cycles)), "seconds": .double(duration.inSeconds),
        "microseconds_per_cycle": .double((duration.inSeconds / Double(cycles) * 1e7).rounded() / 10),
        "speed_of_baseline": .double(throughPlain.inSeconds / duration.inSeconds),
      ])
    }
  }

  private func measure(_ body: () throws -> Void) rethrows -> Duration {
    try ContinuousClock().measure(body)
  }

  private func cycle(_ store: JobStore, _ id: String, _ now: UTCTimestamp) throws {
    guard let run = RunID(id), let backtest = RunID("B") else { return }
    _ = try store.submit(
      JobRequest(
        RunRequest(runID: run, backtestRunID: backtest, artifactsRoot: "/srv/artifacts", window: .lastSession).json),
      now: now)
    guard let claim = try store.claim(worker: "bench", lease: .seconds(30), now: now) else { return }
    let files = PlainQueue.files.map { ArtifactFile(path: $0, bytes: 1000, sha256: PlainQueue.digest) }
    try store.finish(
      claim,
      .succeeded(
        PublishedRun(
          status: .success, reason: nil, isSynthetic: true, directory: "/srv/artifacts/prepaper/\(id)", files: files)),
      now: now)
  }
}
