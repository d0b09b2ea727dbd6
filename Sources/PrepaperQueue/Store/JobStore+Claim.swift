internal import GRDB
package import PrepaperDomain
import PrepaperSQLite

extension JobStore {
  /// Gives the next job to a worker: the highest priority, then the oldest.
  ///
  /// Nil where none waits.
  ///
  /// In the same transaction, jobs that are due are queued and jobs whose lease is over are taken back. Only one
  /// worker can get a job: the statement finds and marks it at once, under SQLite's one write lock.
  ///
  /// - Throws: `SQLiteFailure`.
  package func claim(worker: String, lease: Duration, now: UTCTimestamp) throws -> Claim? {
    try store.write { database in
      try promoteDue(in: database, now: now)
      try takeBackLost(in: database, now: now)
      guard let job = try markNext(in: database, worker: worker, leaseUntil: now + lease, now: now) else { return nil }
      try database.cachedStatement(
        sql: "INSERT INTO attempts (job_id, attempt, worker, started_at) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [job.id, job.attempt, worker, now.milliseconds])
      try database.note("claimed", job: job.id, attempt: job.attempt, worker: worker, at: now)
      return Claim(
        jobID: job.id, attempt: job.attempt, worker: worker, tries: job.tries, maxTries: job.maxTries,
        request: job.request)
    }
  }

  /// Marks the next job as running; one that cannot be read fails, and stands in nobody's way.
  private func markNext(
    in database: Database, worker: String, leaseUntil: UTCTimestamp, now: UTCTimestamp
  ) throws -> Job? {
    let mark = try database.cachedStatement(
      sql: """
        UPDATE jobs SET state = 'running', attempt = attempt + 1, tries = tries + 1, worker = :worker,
          lease_until = :lease, started_at = :now, finished_at = NULL
        WHERE id = (SELECT id FROM jobs WHERE state = 'queued' ORDER BY priority DESC, id LIMIT 1)
        RETURNING *
        """)
    let arguments: StatementArguments = [
      "worker": worker, "lease": leaseUntil.milliseconds, "now": now.milliseconds,
    ]
    while let row = try Row.fetchOne(mark, arguments: arguments) {
      do {
        return try Job(row)
      } catch let error as JobStoreError where error.code == .unreadable {
        try database.cachedStatement(
          sql: """
            UPDATE jobs SET state = 'failed', worker = NULL, lease_until = NULL, finished_at = ?, error_code = ?,
              error_message = ? WHERE id = ?
            """
        ).execute(arguments: [now.milliseconds, error.code.rawValue, error.message, row["id"] as Int64])
        try database.note("failed", job: row["id"], attempt: row["attempt"], worker: worker, at: now)
      }
    }
    return nil
  }

  /// Queues the scheduled jobs whose time has come.
  private func promoteDue(in database: Database, now: UTCTimestamp) throws {
    let due = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          UPDATE jobs SET state = 'queued', queued_at = run_at, run_at = NULL
          WHERE state = 'scheduled' AND run_at <= ? RETURNING id, attempt
          """),
      arguments: [now.milliseconds])
    for row in due { try database.note("due", job: row["id"], attempt: row["attempt"], worker: nil, at: now) }
  }

  /// Takes back the jobs of workers that gave no sign of life in time; one without tries left has failed.
  private func takeBackLost(in database: Database, now: UTCTimestamp) throws {
    let lost = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT id, run_id, attempt, worker, tries, max_tries FROM jobs
          WHERE state = 'running' AND lease_until <= ?
          """),
      arguments: [now.milliseconds])
    for row in lost {
      let (id, attempt, worker): (Int64, Int64, String) = (row["id"], row["attempt"], row["worker"])
      let (tries, maxTries): (Int, Int) = (row["tries"], row["max_tries"])
      let isLast = tries >= maxTries
      let message = "worker \(worker) gave no sign of life within its lease, on attempt \(tries) of \(maxTries)"
      let code = RunErrorCode.workerLost.rawValue
      try database.cachedStatement(
        sql: """
          UPDATE jobs SET state = ?, worker = NULL, lease_until = NULL, queued_at = ?, finished_at = ?,
            error_code = ?, error_message = ? WHERE id = ?
          """
      ).execute(arguments: [
        isLast ? JobState.failed.rawValue : JobState.queued.rawValue, now.milliseconds,
        isLast ? now.milliseconds : nil, code, message, id,
      ])
      try database.closeAttempt(id, attempt, outcome: "lost", code: code, message: message, at: now)
      try database.note("lost", job: id, attempt: attempt, worker: worker, at: now)
      if isLast { try database.note("failed", job: id, attempt: attempt, worker: nil, at: now) }
    }
  }
}

extension Database {
  /// Ends the row of an attempt.
  func closeAttempt(
    _ job: Int64, _ attempt: Int64, outcome: String, code: String?, message: String?, at now: UTCTimestamp
  ) throws {
    try cachedStatement(
      sql: """
        UPDATE attempts SET finished_at = ?, outcome = ?, error_code = ?, error_message = ?
        WHERE job_id = ? AND attempt = ? AND finished_at IS NULL
        """
    ).execute(arguments: [now.milliseconds, outcome, code, message, job, attempt])
  }
}
