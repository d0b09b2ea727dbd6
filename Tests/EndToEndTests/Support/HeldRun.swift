import Foundation
import Glibc
import PrepaperJSON
import PrepaperTestSupport
import Synchronization
import Testing

/// A queue with the run `R` in it, whose bars come through a pipe: it waits for them as long as the test wants.
final class HeldRun: Sendable {
  let program: Program
  private let children = Mutex<[Int32]>([])

  /// Submits the run; the bars of a run of the fake provider wait for it, since they are as good as any.
  init(maxAttempts: Int = 3) throws {
    program = try Program([
      "MARKETDATA_PROVIDER": "real", "BARS_SOURCE": "csv:bars", "SIGNALS_DB_PATH": "signals.db",
    ])
    try program.write(backtest: "B")
    try program.directory.write("", to: "signals.db")
    #expect(
      try program.run(
        "run", "--backtest-run-id", "B", "--run-id", "BARS", environment: ["MARKETDATA_PROVIDER": "fake"]
      ).status == 0)
    try program.directory.write(bars, to: "other-bars/HOOD.M1.csv")
    try FileManager.default.createDirectory(
      atPath: "\(program.directory.path)/bars", withIntermediateDirectories: true)
    #expect(unsafe mkfifo("\(program.directory.path)/bars/HOOD.M1.csv", 0o600) == 0)
    #expect(
      try program.run("submit", "--backtest-run-id", "B", "--run-id", "R", "--max-attempts", "\(maxAttempts)").status
        == 0)
  }

  deinit {
    // A test that fails must not leave a process behind that waits for ever.
    for child in children.withLock({ $0 }) where Processes.isAlive(child) { kill(child, SIGKILL) }
  }

  /// The environment of a worker whose bars are there at once.
  let withBars = ["BARS_SOURCE": "csv:other-bars"]

  /// Starts a worker whose bars come through the pipe.
  func startWorker(_ arguments: String...) throws -> RunningProgram { try program.start(["worker"] + arguments) }

  /// Starts a worker that claims and waits at the pipe; the worker, and the process of its attempt.
  func startClaiming(_ arguments: String...) throws -> (worker: RunningProgram, child: Int32) {
    let worker = try program.start(["worker"] + arguments)
    return (worker, try child(of: 1))
  }

  /// The process of an attempt, once it runs.
  func child(of attempt: Int) throws -> Int32 {
    var found: Int32?
    try eventually("attempt \(attempt) has a process") {
      let lock = try query("SELECT lock FROM attempts WHERE attempt = \(attempt) AND outcome IS NULL")
      guard !lock.isEmpty, let bytes = FileManager.default.contents(atPath: "\(program.queuePath).d/\(lock)") else {
        return false
      }
      found = String(decoding: bytes, as: UTF8.self).split(separator: " ").first.flatMap { Int32($0) }
      return found != nil
    }
    let child = try #require(found)
    children.withLock { $0.append(child) }
    return child
  }

  /// The run's state and the number of its attempt: `running|1`.
  var state: String {
    get throws { try query("SELECT state, attempt FROM jobs WHERE run_id = 'R'") }
  }

  /// How the run's attempts ended, in a line.
  var outcomes: String {
    get throws { try query("SELECT group_concat(outcome, ' ') FROM (SELECT outcome FROM attempts ORDER BY attempt)") }
  }

  /// Asks the queue.
  func query(_ sql: String) throws -> String { try program.query(program.queuePath, sql) }

  /// Lets the process that waits at the pipe have its bars.
  func feedPipe() throws {
    let copy = "cat other-bars/HOOD.M1.csv >bars/HOOD.M1.csv"
    #expect(try program.tool("/usr/bin/bash", "-c", copy).status == 0)
  }

  /// Waits until that many workers are there.
  func waitForWorkers(_ count: Int) throws {
    try eventually("\(count) workers are there") { try query("SELECT count(*) FROM workers") == "\(count)" }
  }

  /// The run is there once, published by its second attempt, and nothing else is.
  func expectOneResult(_ outcomes: String = "lost succeeded", sourceLocation: SourceLocation = #_sourceLocation) throws
  {
    #expect(try state == "succeeded|2", sourceLocation: sourceLocation)
    #expect(try self.outcomes == outcomes, sourceLocation: sourceLocation)
    #expect(
      try program.query("signals.db", "SELECT count(*), count(DISTINCT idempotency_key) FROM signals") == "2|2",
      sourceLocation: sourceLocation)
    #expect(try program.files(below: "artifacts/prepaper/R").count == 7, sourceLocation: sourceLocation)
    #expect(try runMeta.contains("\"attempt\": 2"), sourceLocation: sourceLocation)
    #expect(try program.files(below: "artifacts/prepaper/.staging") == [], sourceLocation: sourceLocation)
    #expect(try program.files(below: "state/prepaper/queue.db.d/locks") == [], sourceLocation: sourceLocation)
    let check = try program.run("queue", "check")
    #expect(check.status == 0, "\(check.output)", sourceLocation: sourceLocation)
  }

  /// The file that says which attempt was published.
  var runMeta: String {
    get throws { try program.directory.read("artifacts/prepaper/R/run_meta.json") }
  }

  private var bars: String {
    get throws { try program.directory.read("artifacts/prepaper/BARS/bars/HOOD.M1.csv") }
  }
}
