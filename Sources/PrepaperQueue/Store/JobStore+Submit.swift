internal import GRDB
package import PrepaperDomain
import PrepaperSQLite

extension JobStore {
  /// Adds a job, durable when this returns; the same request again gives the job that is there.
  ///
  /// - Throws: as `submit(all:now:)`.
  package func submit(_ request: JobRequest, _ options: JobOptions = JobOptions(), now: UTCTimestamp) throws
    -> SubmittedJob
  {
    let submitted = try submit(all: [Submission(request, options)], now: now)
    guard let first = submitted.first else { preconditionFailure("one submission makes one job") }
    return first
  }

  /// Adds jobs, all of them or none, durable when this returns.
  ///
  /// What is asked for and how it is to be treated differ: a submission that only has other options than the job that
  /// is there gives that job, unchanged.
  ///
  /// - Throws: `JobStoreError` with `request_conflict` where a run id belongs to another request, or `no_such_run`
  ///   where a job is to wait for one that is not there; `SQLiteFailure`.
  package func submit(all submissions: [Submission], now: UTCTimestamp) throws -> [SubmittedJob] {
    try store.write { database in
      try submissions.map { submission in
        let runID = submission.request.runID
        if let row = try row(of: runID, in: database) {
          return SubmittedJob(job: try job(Job(row), ifOf: submission.request), created: false)
        }
        try insert(submission, in: database, now: now)
        return SubmittedJob(job: try job(runID, in: database), created: true)
      }
    }
  }

  /// The job that is there, if it is of the same request.
  private func job(_ job: Job, ifOf request: JobRequest) throws -> Job {
    guard job.request == request else {
      throw JobStoreError(
        .requestConflict,
        "run id \(request.runID) is taken by another request (\(job.request.difference(to: request))); nothing was "
          + "changed. Use another run id")
    }
    return job
  }

  private func insert(_ submission: Submission, in database: Database, now: UTCTimestamp) throws {
    let (request, options) = (submission.request, submission.options)
    let dependency = try options.after.map { try findDependency($0, of: request.runID, in: database) }
    let waits = dependency.map { $0.state != .succeeded } ?? false
    let isLater = options.notBefore.map { $0 > now } ?? false
    let values: [String: (any DatabaseValueConvertible)?] = [
      "request": request.text, "state": (waits || isLater ? JobState.scheduled : .queued).rawValue,
      "priority": options.priority, "max_tries": options.maxTries, "timeout_ms": options.timeout?.wholeMilliseconds,
      "key": options.concurrencyKey, "held": options.concurrencyKey != nil && !waits && !isLater,
      "after": options.after?.description, "waits_for": waits ? dependency?.id : nil,
      "run_at": isLater ? options.notBefore?.milliseconds : nil, "now": now.milliseconds,
    ]
    try database.cachedStatement(
      sql: """
        INSERT INTO jobs (request, state, priority, max_tries, timeout_ms, concurrency_key, held, after_run_id,
          waits_for, run_at, queued_at, submitted_at)
        VALUES (:request, :state, :priority, :max_tries, :timeout_ms, :key, :held, :after, :waits_for, :run_at, :now,
          :now)
        """
    ).execute(arguments: StatementArguments(values))
    let id = database.lastInsertedRowID
    try database.note("submitted", job: id, attempt: 0, worker: nil, at: now)
    try database.settle(key: options.concurrencyKey)
    if let dependency, waits { try settleDependents(of: dependency.id, in: database, now: now) }
  }

  /// The job that another is to wait for.
  private func findDependency(_ runID: RunID, of dependent: RunID, in database: Database) throws -> Job {
    do {
      return try job(runID, in: database)
    } catch let error as JobStoreError where error.code == .noSuchRun {
      throw JobStoreError(
        .noSuchRun, "run \(dependent) is to run after \(runID), which is not in the queue \(path); submit that first")
    }
  }
}

extension Duration {
  /// Milliseconds, at least one.
  fileprivate var wholeMilliseconds: Int64 {
    max(1, components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
  }
}
