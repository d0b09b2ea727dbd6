internal import GRDB
package import PrepaperDomain
import PrepaperSQLite

extension JobStore {
  /// Prolongs a claim; that this commits proves that the attempt is still the job's current one.
  ///
  /// - Throws: `JobStoreError` with `lease_lost` where it is not; `SQLiteFailure`.
  package func renew(_ claim: Claim, lease: Duration, now: UTCTimestamp) throws {
    try store.write { database in
      try database.cachedStatement(
        sql: """
          UPDATE jobs SET lease_until = ?
          WHERE id = ? AND attempt = ? AND worker = ? AND state = 'running'
          """
      ).execute(arguments: [(now + lease).milliseconds, claim.jobID, claim.attempt, claim.worker])
      try database.requireOneChange(claim)
    }
  }
}

extension Database {
  /// Fails where the last statement, fenced by a claim, found no row.
  func requireOneChange(_ claim: Claim) throws {
    guard changesCount == 1 else { throw JobStoreError.leaseLost(claim) }
  }
}
