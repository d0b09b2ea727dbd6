internal import GRDB
package import PrepaperDomain
import PrepaperJSON
import PrepaperSQLite

extension JobStore {
  /// Queues ended jobs again, with all their tries; all of them, or none.
  ///
  /// `failed`, `cancelled` and `succeeded` without signals may be retried; `force` takes any ended job. One that was to
  /// run after another waits for that again, if it has not succeeded.
  ///
  /// - Throws: `JobStoreError` with `no_such_run` or `not_retryable`; `SQLiteFailure`.
  package func retry(_ runIDs: [RunID], force: Bool, now: UTCTimestamp) throws -> [Job] {
    try store.write { database in
      let jobs = try runIDs.map { runID in
        let job = try job(runID, in: database)
        guard job.state.isFinal else {
          throw JobStoreError(
            .notRetryable, "run \(runID) is \(job.state.rawValue); only an ended run can be retried")
        }
        guard force || job.result != .success else {
          throw JobStoreError(
            .notRetryable, "run \(runID) succeeded already; --force runs it again, and must come to the same bytes")
        }
        return job
      }
      // The oldest first: a job is never older than the one that it waits for.
      for job in Set(jobs).sorted(by: { $0.id < $1.id }) {
        if let ended = try requeue(job, in: database, now: now) {
          throw JobStoreError(
            .notRetryable,
            "run \(job.request.runID) is to run after \(ended.run), which is \(ended.state.rawValue); retry that too")
        }
      }
      return try runIDs.map { try job($0, in: database) }
    }
  }

  /// Queues every failed job again, with all its tries; the jobs, oldest first.
  ///
  /// One that cannot be read stays failed, and so does one that is to run after a job that was cancelled.
  ///
  /// - Throws: `SQLiteFailure`.
  package func retryFailed(now: UTCTimestamp) throws -> [Job] {
    try store.write { database in
      let failed = try Row.fetchAll(
        database, sql: "SELECT \(JobColumn.names) FROM jobs WHERE state = 'failed' AND error_code <> ? ORDER BY id",
        arguments: [JobStoreError.Code.unreadable.rawValue]
      ).map { try Job($0) }
      let retried = try failed.filter { try requeue($0, in: database, now: now) == nil }
      return try retried.map { try job($0.request.runID, in: database) }
    }
  }

  /// Queues a job again, or lets it wait again; where what it waits for has ended in vain, that and no change.
  private func requeue(_ job: Job, in database: Database, now: UTCTimestamp) throws -> (run: RunID, state: JobState)? {
    var waitsFor: Int64?
    // Not read whole: nobody may be able to read it.
    if let after = job.after, let row = try row(of: after, in: database),
      let state = JobState(rawValue: row["state"])
    {
      switch state {
      case .succeeded: break
      case .failed, .cancelled: return (after, state)
      case .queued, .scheduled, .running: waitsFor = row["id"]
      }
    }
    try database.cachedStatement(
      sql: """
        UPDATE jobs SET state = ?, waits_for = ?, held = ? AND concurrency_key IS NOT NULL, tries = 0, queued_at = ?,
          result = NULL, reason = NULL, synthetic = NULL, error_code = NULL, error_message = NULL, run_dir = NULL,
          finished_at = NULL WHERE id = ?
        """
    ).execute(arguments: [
      (waitsFor == nil ? JobState.queued : .scheduled).rawValue, waitsFor, waitsFor == nil, now.milliseconds, job.id,
    ])
    try database.cachedStatement(sql: "DELETE FROM artifacts WHERE job_id = ?").execute(arguments: [job.id])
    try database.note("retried", job: job.id, attempt: job.attempt, worker: nil, at: now)
    try database.settle(key: job.concurrencyKey)
    return nil
  }
}
