import Foundation
import Glibc
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite
import PrepaperTestSupport

/// What people and scripts wait for: the program itself, from its start to its end.
struct ProcessBench {
  let queue: String

  /// The program, which is built beside this one.
  static var program: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("prepaper").path
  }

  /// `status` of one run and `queue stats`, beside Debian's `sqlite3` on the same file.
  func commands(jobs: Int) throws {
    let baseline = try milliseconds("/usr/bin/sqlite3", [queue, "SELECT state FROM jobs WHERE run_id = 'DONE_1'"])
    for (name, arguments) in [("status", ["status", "DONE_1"]), ("queue_stats", ["queue", "stats"])] {
      let median = try milliseconds(Self.program, arguments + ["--queue-db", queue])
      Bench.report([
        "bench": .string("command"), "command": .string(name), "jobs": .integer(Int64(jobs)),
        "milliseconds": .double(median), "sqlite3_milliseconds": .double(baseline),
        "times_of_baseline": .double(median / baseline),
      ])
    }
  }

  /// Writes the example's backtest, with texts of its manifest replaced.
  static func writeBacktest(_ id: String, in root: String, replacing texts: [String: String] = [:]) throws {
    let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("scripts/example-backtest").path
    try Spawned(example, [root, id]).wait()
    let manifest = URL(fileURLWithPath: "\(root)/backtests/\(id)/\(RunFile.manifest)")
    var text = try String(contentsOf: manifest, encoding: .utf8)
    for (old, new) in texts.sorted(by: { $0.key < $1.key }) { text = text.replacingOccurrences(of: old, with: new) }
    try text.write(to: manifest, atomically: true, encoding: .utf8)
  }

  private func milliseconds(_ program: String, _ arguments: [String]) throws -> Double {
    var times: [Double] = []
    for _ in 0..<40 {
      let start = ContinuousClock.now
      try Spawned(program, arguments).wait()
      times.append((ContinuousClock.now - start).inSeconds * 1000)
    }
    return (times.sorted()[times.count / 2] * 100).rounded() / 100
  }

  /// A worker: how soon it starts a run, what it takes when it is idle, and how soon it takes over from a dead one.
  static func worker() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/queue.db"
    try writeBacktest("B", in: "\(directory.path)/artifacts")
    let environment = [
      "XDG_STATE_HOME": directory.path, "HOME": directory.path, "PATH": "/usr/bin:/bin",
      "PREPAPER_ENV_FILES": "\(directory.path)/none.env",
    ]
    let start = { try Spawned(program, ["worker", "--queue-db", path, "--log-level", "error"], environment) }
    let submit = { (name: String) in
      try Spawned(
        program,
        [
          "submit", "--queue-db", path, "--backtest-run-id", "B", "--run-id", name, "--artifacts-root",
          "\(directory.path)/artifacts",
        ], environment
      ).wait()
    }
    let first = try start()
    Thread.sleep(forTimeInterval: 1)
    let store = try JobStore(path: path, busyWait: BusyWait(seed: 1))
    var waits: [Double] = []
    for number in 0..<60 {
      try submit("RUN_\(number)")
      guard let run = RunID("RUN_\(number)") else { return }
      while try !store.details(run).job.state.isFinal { Thread.sleep(forTimeInterval: 0.005) }
      let meta = try JSONParser.parse(
        Array(Data(contentsOf: URL(fileURLWithPath: "\(directory.path)/artifacts/prepaper/\(run)/\(RunFile.meta)"))))
      guard let began = meta["started_at"]?.stringValue.flatMap(UTCTimestamp.init(rfc3339:)) else { continue }
      waits.append((began - (try store.details(run).job.submittedAt)).inSeconds * 1000)
    }
    waits.sort()
    if !waits.isEmpty {
      Bench.report([
        "bench": .string("submit_to_start"), "runs": .integer(Int64(waits.count)),
        "p50_milliseconds": .double(waits[waits.count / 2]),
        "p99_milliseconds": .double(waits[waits.count * 99 / 100]),
      ])
    }
    let before = try first.usage()
    Thread.sleep(forTimeInterval: 20)
    let after = try first.usage()
    Bench.report([
      "bench": .string("idle_worker"), "seconds": .integer(20),
      "core_percent": .double(((after.cpuSeconds - before.cpuSeconds) / 20 * 1e5).rounded() / 1000),
      "thread_switches_per_second": .double(Double(after.switches - before.switches) / 20),
    ])
    first.kill()
    first.wait()
  }
}
