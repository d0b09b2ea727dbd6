internal import GRDB
package import PrepaperDomain
import PrepaperJSON
import PrepaperSQLite

extension JobStore {
  /// Records how an attempt ended, fenced by its claim.
  ///
  /// A transient failure with tries left puts the job to `scheduled`, or to `cancelled` where that was asked for; any
  /// other ends it. An attempt that was released or deferred does not count.
  ///
  /// - Parameter end: how the attempt's process ended, where it had one.
  /// - Returns: the state that the job is in now.
  /// - Throws: `JobStoreError` with `lease_lost` where the attempt is no longer the current one; `SQLiteFailure`.
  @discardableResult
  package func finish(_ claim: Claim, _ outcome: AttemptOutcome, end: ProcessEnd? = nil, now: UTCTimestamp) throws
    -> JobState
  {
    try store.write { database in
      let fenced = try fenced(claim, in: database)
      let state: JobState
      switch outcome {
      case .succeeded(let run):
        state = .succeeded
        try succeed(claim, run, in: database, now: now)
        try close(claim, "succeeded", nil, end, in: database, now: now)
      case .failed(let error, let delay):
        let comesBack = error.code.isTransient && claim.tries < claim.maxTries
        state = !comesBack ? .failed : fenced.isCancelRequested ? .cancelled : .scheduled
        try leave(claim, as: state, error: error, runAt: now + delay, in: database, now: now)
        try close(claim, "failed", error, end, in: database, now: now)
      case .deferred(let error, let delay):
        state = fenced.isCancelRequested ? .cancelled : .scheduled
        try leave(claim, as: state, error: error, runAt: now + delay, in: database, now: now)
        try release(claim, in: database, now: now)
        try close(claim, "released", error, end, in: database, now: now)
      case .cancelled:
        state = .cancelled
        try leave(claim, as: state, error: nil, runAt: nil, in: database, now: now)
        try close(claim, "cancelled", nil, end, in: database, now: now)
      case .released:
        state = fenced.isCancelRequested ? .cancelled : .queued
        try leave(claim, as: state, error: nil, runAt: nil, in: database, now: now)
        try release(claim, in: database, now: now)
        try close(claim, "released", nil, end, in: database, now: now)
        if state == .queued {
          try database.note("released", job: claim.jobID, attempt: claim.attempt, worker: claim.worker, at: now)
        }
      }
      if state != .queued {
        try database.note(state.rawValue, job: claim.jobID, attempt: claim.attempt, worker: claim.worker, at: now)
      }
      try database.settle(key: fenced.key)
      if state.isFinal { try settleDependents(of: claim.jobID, in: database, now: now) }
      return state
    }
  }

  /// What an attempt must know of its job, proven to be its own.
  private func fenced(_ claim: Claim, in database: Database) throws -> (key: String?, isCancelRequested: Bool) {
    let row = try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT concurrency_key, cancel_requested_at FROM jobs
          WHERE id = ? AND attempt = ? AND worker = ? AND state = 'running'
          """),
      arguments: [claim.jobID, claim.attempt, claim.worker])
    guard let row else { throw JobStoreError.leaseLost(claim) }
    return (row["concurrency_key"], row.timestamp("cancel_requested_at") != nil)
  }

  private func succeed(_ claim: Claim, _ run: PublishedRun, in database: Database, now: UTCTimestamp) throws {
    try database.cachedStatement(
      sql: """
        UPDATE jobs SET state = 'succeeded', worker = NULL, lease_until = NULL, cancel_requested_at = NULL,
          finished_at = ?, result = ?, reason = ?, synthetic = ?, run_dir = ?, error_code = NULL, error_message = NULL
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
  }

  /// Takes the job from the attempt without a result.
  private func leave(
    _ claim: Claim, as state: JobState, error: RunError?, runAt: UTCTimestamp?, in database: Database,
    now: UTCTimestamp
  ) throws {
    try database.cachedStatement(
      sql: """
        UPDATE jobs SET state = ?, held = ? AND concurrency_key IS NOT NULL, worker = NULL, lease_until = NULL,
          cancel_requested_at = NULL, run_at = ?, finished_at = ?, error_code = ?, error_message = ?
        WHERE id = ? AND attempt = ? AND worker = ? AND state = 'running'
        """
    ).execute(arguments: [
      state.rawValue, state == .queued, state == .scheduled ? runAt?.milliseconds : nil,
      state.isFinal ? now.milliseconds : nil, error?.code.rawValue, error?.message, claim.jobID, claim.attempt,
      claim.worker,
    ])
    try database.requireOneChange(claim)
  }

  /// Gives the try back that a released attempt has taken.
  private func release(_ claim: Claim, in database: Database, now: UTCTimestamp) throws {
    try database.cachedStatement(sql: "UPDATE jobs SET tries = tries - 1, queued_at = ? WHERE id = ?")
      .execute(arguments: [now.milliseconds, claim.jobID])
  }

  private func close(
    _ claim: Claim, _ outcome: String, _ error: RunError?, _ end: ProcessEnd?, in database: Database,
    now: UTCTimestamp
  ) throws {
    try database.closeAttempt(
      claim.jobID, claim.attempt, outcome: outcome, code: error?.code.rawValue, message: error?.message, end: end,
      at: now)
  }
}
