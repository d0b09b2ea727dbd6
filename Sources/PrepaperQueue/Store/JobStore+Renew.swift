internal import GRDB
package import PrepaperDomain
import PrepaperSQLite

extension JobStore {
  /// Prolongs a claim; that this commits proves that the attempt is still the job's current one.
  ///
  /// - Parameter progress: how far the attempt has come, to be recorded along.
  /// - Returns: whether somebody wants the run cancelled.
  /// - Throws: `JobStoreError` with `lease_lost` where it is not; `SQLiteFailure`.
  @discardableResult
  package func renew(_ claim: Claim, lease: Duration, progress: AttemptProgress? = nil, now: UTCTimestamp) throws
    -> Bool
  {
    try store.write { database in
      let row = try Row.fetchOne(
        database.cachedStatement(
          sql: """
            UPDATE jobs SET lease_until = ?
            WHERE id = ? AND attempt = ? AND worker = ? AND state = 'running'
            RETURNING cancel_requested_at
            """),
        arguments: [(now + lease).milliseconds, claim.jobID, claim.attempt, claim.worker])
      guard let row else { throw JobStoreError.leaseLost(claim) }
      if let progress {
        try database.cachedStatement(
          sql: """
            UPDATE attempts SET pid = ?, stage = ?, bars_done = ?, bars_total = ? WHERE job_id = ? AND attempt = ?
            """
        ).execute(arguments: [
          progress.processID, progress.stage, progress.barsDone, progress.barsTotal, claim.jobID, claim.attempt,
        ])
      }
      return row.timestamp("cancel_requested_at") != nil
    }
  }

  /// Whether somebody wants the run of a claim cancelled; also where the claim holds no more.
  ///
  /// - Throws: `SQLiteFailure`.
  package func isToStop(_ claim: Claim) throws -> Bool {
    try store.read { database in
      try Bool.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT NOT EXISTS (SELECT 1 FROM jobs
              WHERE id = ? AND attempt = ? AND worker = ? AND state = 'running' AND cancel_requested_at IS NULL)
            """),
        arguments: [claim.jobID, claim.attempt, claim.worker]) ?? true
    }
  }
}

extension Database {
  /// Fails where the last statement, fenced by a claim, found no row.
  func requireOneChange(_ claim: Claim) throws {
    guard changesCount == 1 else { throw JobStoreError.leaseLost(claim) }
  }
}
