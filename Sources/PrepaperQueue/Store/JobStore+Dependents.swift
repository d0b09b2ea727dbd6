internal import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperSQLite

extension JobStore {
  /// Tells the jobs that wait for a job what became of it, and those that wait for them.
  ///
  /// To be called, in the same transaction, whenever a job has come to its end.
  func settleDependents(of id: Int64, in database: Database, now: UTCTimestamp) throws {
    var ended = [id]
    while let id = ended.popLast() {
      guard
        let row = try Row.fetchOne(
          database.cachedStatement(sql: "SELECT state, run_id FROM jobs WHERE id = ?"), arguments: [id]),
        let state = JobState(rawValue: row["state"]), state.isFinal
      else { continue }
      let waiting = try Row.fetchAll(
        database.cachedStatement(
          sql: "SELECT id, attempt, concurrency_key, run_at FROM jobs WHERE waits_for = ? ORDER BY id"),
        arguments: [id])
      for job in waiting {
        let (dependent, attempt): (Int64, Int64) = (job["id"], job["attempt"])
        if state == .succeeded {
          try release(dependent, attempt, key: job["concurrency_key"], runAt: job["run_at"], in: database, now: now)
        } else {
          try end(dependent, attempt, with: state, of: row["run_id"], in: database, now: now)
          ended.append(dependent)
        }
      }
    }
  }

  /// Lets a job go on that waited; it may have to wait for its time still.
  private func release(
    _ id: Int64, _ attempt: Int64, key: String?, runAt: Int64?, in database: Database, now: UTCTimestamp
  ) throws {
    guard runAt == nil else {
      try database.cachedStatement(sql: "UPDATE jobs SET waits_for = NULL WHERE id = ?").execute(arguments: [id])
      return
    }
    try database.cachedStatement(
      sql: "UPDATE jobs SET state = 'queued', waits_for = NULL, queued_at = ?, held = ? WHERE id = ?"
    ).execute(arguments: [now.milliseconds, key != nil, id])
    try database.settle(key: key)
    try database.note("due", job: id, attempt: attempt, worker: nil, at: now)
  }

  /// Ends a job that waited in vain.
  private func end(
    _ id: Int64, _ attempt: Int64, with state: JobState, of dependency: String, in database: Database,
    now: UTCTimestamp
  ) throws {
    let isCancelled = state == .cancelled
    let message = "it was to run after \(dependency), which \(isCancelled ? "was cancelled" : "failed")"
    try database.cachedStatement(
      sql: """
        UPDATE jobs SET state = ?, waits_for = NULL, run_at = NULL, finished_at = ?, error_code = ?, error_message = ?
        WHERE id = ?
        """
    ).execute(arguments: [
      state.rawValue, now.milliseconds, isCancelled ? nil : RunErrorCode.dependencyFailed.rawValue, message, id,
    ])
    try database.note(state.rawValue, job: id, attempt: attempt, worker: nil, at: now)
  }
}
