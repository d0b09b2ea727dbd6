internal import GRDB
package import PrepaperDomain
import PrepaperSQLite

extension JobStore {
  /// Cancels jobs, all of them or none; durable when this returns.
  ///
  /// One that waits is cancelled at once, and so are those that wait for it. One that runs is marked: whoever runs it
  /// stops it, also after a restart. One that was cancelled before stays so.
  ///
  /// - Returns: the jobs as they are now.
  /// - Throws: `JobStoreError` with `no_such_run`, or `not_cancellable` where one has ended otherwise; `SQLiteFailure`.
  package func cancel(_ runIDs: [RunID], now: UTCTimestamp) throws -> [Job] {
    try store.write { database in
      for runID in runIDs {
        let job = try job(runID, in: database)
        switch job.state {
        case .queued, .scheduled: try cancelWaiting(job, in: database, now: now)
        case .running: try requestCancel(job, in: database, now: now)
        case .cancelled: break
        case .succeeded, .failed:
          throw JobStoreError(
            .notCancellable, "run \(runID) has \(job.state.rawValue) already; nothing was cancelled")
        }
      }
      return try runIDs.map { try job($0, in: database) }
    }
  }

  private func cancelWaiting(_ job: Job, in database: Database, now: UTCTimestamp) throws {
    try database.cachedStatement(
      sql: """
        UPDATE jobs SET state = 'cancelled', held = 0, run_at = NULL, waits_for = NULL, finished_at = ?,
          error_code = NULL, error_message = NULL WHERE id = ?
        """
    ).execute(arguments: [now.milliseconds, job.id])
    try database.note("cancelled", job: job.id, attempt: job.attempt, worker: nil, at: now)
    try database.settle(key: job.concurrencyKey)
    try settleDependents(of: job.id, in: database, now: now)
  }

  private func requestCancel(_ job: Job, in database: Database, now: UTCTimestamp) throws {
    guard job.cancelRequestedAt == nil else { return }
    try database.cachedStatement(sql: "UPDATE jobs SET cancel_requested_at = ? WHERE id = ?")
      .execute(arguments: [now.milliseconds, job.id])
    try database.note("cancel_requested", job: job.id, attempt: job.attempt, worker: nil, at: now)
  }
}
