internal import GRDB
package import PrepaperDomain
import PrepaperSQLite

extension JobStore {
  /// Records how an attempt ended, fenced by its claim.
  ///
  /// A transient failure with tries left puts the job to `scheduled`; any other ends it.
  ///
  /// - Returns: the state that the job is in now.
  /// - Throws: `JobStoreError` with `lease_lost` where the attempt is no longer the current one; `SQLiteFailure`.
  @discardableResult
  package func finish(_ claim: Claim, _ outcome: AttemptOutcome, now: UTCTimestamp) throws -> JobState {
    try store.write { database in
      switch outcome {
      case .succeeded(let run):
        try succeed(claim, run, in: database, now: now)
        return .succeeded
      case .failed(let error, let delay) where error.code.isTransient && claim.tries < claim.maxTries:
        try end(claim, as: .scheduled, error: error, runAt: now + delay, in: database, now: now)
        return .scheduled
      case .failed(let error, _):
        try end(claim, as: .failed, error: error, runAt: nil, in: database, now: now)
        return .failed
      }
    }
  }

  private func succeed(_ claim: Claim, _ run: PublishedRun, in database: Database, now: UTCTimestamp) throws {
    try database.cachedStatement(
      sql: """
        UPDATE jobs SET state = 'succeeded', worker = NULL, lease_until = NULL, finished_at = ?, result = ?,
          reason = ?, synthetic = ?, run_dir = ?, error_code = NULL, error_message = NULL
        WHERE id = ? AND attempt = ? AND worker = ? AND state = 'running'
        """
    ).execute(arguments: [
      now.milliseconds, run.status.rawValue, run.reason, run.isSynthetic, run.directory, claim.jobID, claim.attempt,
      claim.worker,
    ])
    try database.requireOneChange(claim)
    try database.cachedStatement(sql: "DELETE FROM artifacts WHERE job_id = ?").execute(arguments: [claim.jobID])
    for file in run.files {
      try database.cachedStatement(sql: "INSERT INTO artifacts (job_id, path, bytes, sha256) VALUES (?, ?, ?, ?)")
        .execute(arguments: [claim.jobID, file.path, file.bytes, file.sha256])
    }
    try database.closeAttempt(
      claim.jobID, claim.attempt, outcome: "succeeded", code: nil, message: nil, at: now)
    try database.note("succeeded", job: claim.jobID, attempt: claim.attempt, worker: claim.worker, at: now)
  }

  private func end(
    _ claim: Claim, as state: JobState, error: RunError, runAt: UTCTimestamp?, in database: Database,
    now: UTCTimestamp
  ) throws {
    try database.cachedStatement(
      sql: """
        UPDATE jobs SET state = ?, worker = NULL, lease_until = NULL, run_at = ?, finished_at = ?, error_code = ?,
          error_message = ?
        WHERE id = ? AND attempt = ? AND worker = ? AND state = 'running'
        """
    ).execute(arguments: [
      state.rawValue, runAt?.milliseconds, state.isFinal ? now.milliseconds : nil, error.code.rawValue,
      error.message, claim.jobID, claim.attempt, claim.worker,
    ])
    try database.requireOneChange(claim)
    try database.closeAttempt(
      claim.jobID, claim.attempt, outcome: "failed", code: error.code.rawValue, message: error.message, at: now)
    try database.note(state.rawValue, job: claim.jobID, attempt: claim.attempt, worker: claim.worker, at: now)
  }
}
