import GRDB
import PrepaperDomain
import PrepaperQueue
import PrepaperSQLite
import PrepaperTestSupport
import Testing

/// A queue in a file of its own, with two stores on it: two connections, as two processes would have them.
struct QueueFile {
  let directory: TemporaryDirectory
  let path: String
  let one, two: JobStore

  init() throws {
    directory = try TemporaryDirectory()
    path = "\(directory.path)/queue.db"
    one = try openStore(path)
    two = try openStore(path)
  }

  /// Submits a job of that name.
  @discardableResult
  func submit(_ name: String, priority: Int = 0, maxTries: Int = 3, at seconds: Int64 = 0) throws -> Job {
    try one.submit(request(name), JobOptions(priority: priority, maxTries: maxTries), now: instant(seconds)).job
  }

  /// Submits a job of that name, to be treated as the options say.
  @discardableResult
  func submit(_ name: String, _ options: JobOptions, at seconds: Int64 = 0) throws -> Job {
    try one.submit(request(name), options, now: instant(seconds)).job
  }

  /// Submits a job of that name, and claims it for 30 seconds.
  func submitClaimed(_ name: String = "run", maxTries: Int = 3) throws -> Claim {
    try submit(name, maxTries: maxTries)
    return try #require(try claim("w1"))
  }

  /// Claims the next job for 30 seconds.
  func claim(_ worker: String, at seconds: Int64 = 0) throws -> Claim? {
    try one.claimNext(worker: worker, lease: .seconds(30), now: instant(seconds))
  }

  /// The name of the job that is claimed next, or nil where none waits.
  func claimName(_ worker: String = "w1", at seconds: Int64 = 0) throws -> String? {
    try one.claim(worker: worker, lease: .seconds(30), now: instant(seconds))?.request.runID.description
  }

  /// A job, as the second connection sees it.
  func job(_ name: String = "run") throws -> Job {
    try two.details(runID(name)).job
  }

  /// What the second connection finds wrong with the queue.
  func breach() throws -> QueueBreach? {
    try two.check().breach
  }

  /// The attempts of a job, as the second connection sees them.
  func attempts(_ name: String = "run") throws -> [Attempt] {
    try two.details(runID(name)).attempts
  }

  /// Changes members of a job's request past the stores, so that nobody can read the job.
  ///
  /// - Parameter change: places and values, as SQLite's `json_set` takes them.
  func spoil(_ name: String, _ change: String = "'$.backtest_run_id', ''") throws {
    try raw().write {
      try $0.execute(sql: "UPDATE jobs SET request = json_set(request, \(change)) WHERE run_id = ?", arguments: [name])
    }
  }

  /// A connection for statements that the stores do not have.
  func raw() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(120)
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// The kinds in the history of a job, oldest first.
  func history(_ name: String = "run") throws -> [String] {
    try raw().read { database in
      try String.fetchAll(
        database,
        sql: "SELECT kind FROM job_events WHERE job_id = (SELECT id FROM jobs WHERE run_id = ?) ORDER BY seq",
        arguments: [name])
    }
  }

  /// Every value of every row: equal where nothing was written.
  func content() throws -> [String] {
    try raw().read { database in
      try ["jobs", "attempts", "job_events", "artifacts", "workers", "counters", "gate"].flatMap { table in
        try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { "\(table) \($0)" }
      }
    }
  }
}

/// Another connection to a queue, which waits up to the deadline for a lock.
///
/// On a machine that also builds, a disk can take more than ten seconds to sync.
func openStore(_ path: String, deadline: Duration = .seconds(120), seed: UInt64 = 1) throws -> JobStore {
  try JobStore(path: path, busyWait: BusyWait(deadline: deadline, seed: seed))
}

/// The run id of that text.
func runID(_ text: String) throws -> RunID {
  try #require(RunID(text))
}

/// A request of that run id, alike for each.
func request(_ name: String, root: String = "/srv/artifacts") throws -> JobRequest {
  try JobRequest(
    RunRequest(
      runID: runID(name), backtestRunID: runID("backtest"), artifactsRoot: root, window: .lastSession
    ).json)
}

/// That many seconds after the moment at which these tests begin.
func instant(_ seconds: Int64) -> UTCTimestamp {
  UTCTimestamp(seconds: 1_750_000_000 + seconds)
}

/// A run as published by an attempt.
func published(_ status: RunStatus = .success, files: [ArtifactFile] = []) -> AttemptOutcome {
  .succeeded(
    PublishedRun(
      status: status, reason: status == .noSignals ? "insufficient_history" : nil, isSynthetic: true,
      directory: "/srv/artifacts/prepaper/run", files: files))
}

/// A failure that may pass, to be tried again after that many seconds.
func transient(after seconds: Int = 10) -> AttemptOutcome {
  .failed(RunError(.storeBusy, "the store is busy"), retryAfter: .seconds(seconds))
}

/// A failure that will not pass.
let permanent = AttemptOutcome.failed(RunError(.manifestInvalid, "not JSON"), retryAfter: .seconds(10))

extension JobStore {
  /// Takes back what has been silent for its lease, as every worker does, and claims.
  func claimNext(worker: String, lease: Duration, now: UTCTimestamp) throws -> Claim? {
    for lost in try running() where lost.leaseUntil <= now { try takeBack(lost, .silent, now: now) }
    return try claim(worker: worker, lease: lease, now: now)
  }
}
