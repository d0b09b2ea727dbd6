internal import GRDB
package import PrepaperDomain
import PrepaperSQLite

extension JobStore {
  /// Queues ended jobs again, with all their tries; all of them, or none.
  ///
  /// `failed`, `cancelled` and `succeeded` without signals may be retried; `force` takes any ended job.
  ///
  /// - Throws: `JobStoreError` with `no_such_run` or `not_retryable`; `SQLiteFailure`.
  package func retry(_ runIDs: [RunID], force: Bool, now: UTCTimestamp) throws -> [Job] {
    try store.write { database in
      for runID in runIDs {
        let job = try job(runID, in: database)
        guard job.state.isFinal else {
          throw JobStoreError(
            .notRetryable, "run \(runID) is \(job.state.rawValue); only an ended run can be retried")
        }
        guard force || job.result != .success else {
          throw JobStoreError(
            .notRetryable, "run \(runID) succeeded already; --force runs it again, and must come to the same bytes")
        }
        try requeue(job.id, attempt: job.attempt, in: database, now: now)
      }
      return try runIDs.map { try job($0, in: database) }
    }
  }

  /// Queues every failed job again, with all its tries; the jobs, oldest first.
  ///
  /// One that cannot be read stays failed.
  ///
  /// - Throws: `SQLiteFailure`.
  package func retryFailed(now: UTCTimestamp) throws -> [Job] {
    try store.write { database in
      let failed = try Row.fetchAll(
        database, sql: "SELECT * FROM jobs WHERE state = 'failed' AND error_code <> ? ORDER BY id",
        arguments: [JobStoreError.Code.unreadable.rawValue]
      ).map { try Job($0) }
      for job in failed { try requeue(job.id, attempt: job.attempt, in: database, now: now) }
      return try failed.map { try job($0.request.runID, in: database) }
    }
  }

  private func requeue(_ id: Int64, attempt: Int64, in database: Database, now: UTCTimestamp) throws {
    try database.cachedStatement(
      sql: """
        UPDATE jobs SET state = 'queued', tries = 0, queued_at = ?, result = NULL, reason = NULL, synthetic = NULL, error_code = NULL,
          error_message = NULL, run_dir = NULL, finished_at = NULL WHERE id = ?
        """
    ).execute(arguments: [now.milliseconds, id])
    try database.cachedStatement(sql: "DELETE FROM artifacts WHERE job_id = ?").execute(arguments: [id])
    try database.note("retried", job: id, attempt: attempt, worker: nil, at: now)
  }
}
