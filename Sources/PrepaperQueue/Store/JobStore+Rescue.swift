internal import GRDB
package import PrepaperDomain
import PrepaperJSON
import PrepaperSQLite

extension JobStore {
  /// The attempts that have not ended, the one whose lease ends first in front.
  ///
  /// - Throws: `SQLiteFailure`.
  package func running() throws -> [RunningAttempt] {
    try store.read { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT id, jobs.attempt, jobs.worker, lock, lease_until, run_id, artifacts_root
            FROM jobs JOIN attempts ON job_id = id AND attempts.attempt = jobs.attempt
            WHERE state = 'running' ORDER BY lease_until, id
            """)
      ).compactMap { row in
        guard let runID = RunID(row["run_id"]) else { return nil }
        return RunningAttempt(
          jobID: row["id"], attempt: row["attempt"], worker: row["worker"], lock: row["lock"],
          leaseUntil: UTCTimestamp(milliseconds: row["lease_until"]), runID: runID,
          artifactsRoot: row["artifacts_root"])
      }
    }
  }

  /// Takes a job back from an attempt that came to nothing: it is queued again, or failed where no tries are left.
  ///
  /// An attempt that was silent must be silent still: one that has renewed its lease since it was seen keeps its job.
  ///
  /// - Returns: the state that the job is in now, or nil where the attempt was no longer the current one.
  /// - Throws: `SQLiteFailure`.
  @discardableResult
  package func takeBack(_ lost: RunningAttempt, _ reason: LossReason, now: UTCTimestamp) throws -> JobState? {
    try store.write { database in
      guard
        let row = try Row.fetchOne(
          database.cachedStatement(
            sql: """
              SELECT * FROM jobs WHERE id = ? AND attempt = ? AND worker = ? AND state = 'running'
                AND (? OR lease_until = ?)
              """),
          arguments: [lost.jobID, lost.attempt, lost.worker, reason == .died, lost.leaseUntil.milliseconds])
      else { return nil }
      let (tries, maxTries): (Int, Int) = (row["tries"], row["max_tries"])
      let key: String? = row["concurrency_key"]
      let isCancelled = row.timestamp("cancel_requested_at") != nil
      let state: JobState = isCancelled ? .cancelled : tries >= maxTries ? .failed : .queued
      let message =
        switch reason {
        case .died: "worker \(lost.worker) died on attempt \(tries) of \(maxTries)"
        case .silent:
          "worker \(lost.worker) gave no sign of life within its lease, on attempt \(tries) of \(maxTries)"
        }
      let code = RunErrorCode.workerLost.rawValue
      try database.cachedStatement(
        sql: """
          UPDATE jobs SET state = ?, held = ?, worker = NULL, lease_until = NULL, cancel_requested_at = NULL,
            queued_at = ?, finished_at = ?, error_code = ?, error_message = ? WHERE id = ?
          """
      ).execute(arguments: [
        state.rawValue, state == .queued && key != nil, now.milliseconds, state.isFinal ? now.milliseconds : nil,
        isCancelled ? nil : code, isCancelled ? nil : message, lost.jobID,
      ])
      try database.closeAttempt(
        lost.jobID, lost.attempt, outcome: "lost", code: code, message: message, end: nil, at: now)
      try database.note("lost", job: lost.jobID, attempt: lost.attempt, worker: lost.worker, at: now)
      if state.isFinal {
        try database.note(state.rawValue, job: lost.jobID, attempt: lost.attempt, worker: nil, at: now)
        try settleDependents(of: lost.jobID, in: database, now: now)
      }
      try database.settle(key: key)
      return state
    }
  }
}
