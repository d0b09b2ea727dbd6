internal import GRDB
package import PrepaperDomain
import PrepaperJSON
import PrepaperSQLite

extension JobStore {
  /// How many jobs that have become due are queued in one transaction: after a long pause there may be a million.
  private static let dueAtOnce = 1000

  /// Gives the next job to a worker: the highest priority, then the oldest.
  ///
  /// Nil where none waits, or while the queue is paused.
  ///
  /// In the same transaction, jobs that are due are queued. Only one worker can get a job: the statement finds and
  /// marks it at once, under SQLite's one write lock. Where there is nothing to do, nothing is locked.
  ///
  /// - Parameters:
  ///   - lock: makes the lock that the worker holds for the attempt, and gives its name; nil where the lease alone
  ///     tells. Called once at most, where there is something to do.
  ///   - avoiding: artifacts roots whose jobs stay where they are.
  /// - Throws: `SQLiteFailure`, and what `lock` throws.
  package func claim(
    worker: String, lock: () throws -> String? = { nil }, avoiding: [String] = [], lease: Duration, now: UTCTimestamp
  ) throws -> Claim? {
    guard try mayClaim(avoiding: avoiding, now: now) else { return nil }
    // Held before the claim is to be seen: there is no moment at which a running attempt has a lock that is free.
    let lock = try lock()
    return try store.write { database in
      try promoteDue(in: database, now: now)
      guard try !isPaused(in: database),
        let (job, waited) = try markNext(
          in: database, worker: worker, avoiding: avoiding, leaseUntil: now + lease, now: now)
      else { return nil }
      let log = "logs/\(job.request.runID).\(job.attempt).log"
      try database.cachedStatement(
        sql: "INSERT INTO attempts (job_id, attempt, worker, lock, log, started_at) VALUES (?, ?, ?, ?, ?, ?)"
      ).execute(arguments: [job.id, job.attempt, worker, lock, log, now.milliseconds])
      try database.note("claimed", job: job.id, attempt: job.attempt, worker: worker, at: now)
      return Claim(
        jobID: job.id, attempt: job.attempt, worker: worker, tries: job.tries, maxTries: job.maxTries,
        timeout: job.timeout, log: log, waited: waited, request: job.request)
    }
  }

  /// Whether a claim could get a job, or has something to do.
  private func mayClaim(avoiding: [String], now: UTCTimestamp) throws -> Bool {
    try store.withoutTransaction { database in
      try Bool.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT ((SELECT paused_at FROM gate) IS NULL
                AND (\(Self.next(avoiding: avoiding))) IS NOT NULL)
              OR EXISTS (SELECT 1 FROM jobs WHERE state = 'scheduled' AND waits_for IS NULL AND run_at <= :now)
            """),
        arguments: ["now": now.milliseconds] + Self.arguments(avoiding)) ?? false
    }
  }

  /// The job that is next, for roots by the parameters of `arguments(_:)`.
  private static func next(avoiding roots: [String]) -> String {
    let others = roots.indices.map { ":avoided\($0)" }.joined(separator: ", ")
    // In the order of the index of jobs that may go: any other would read all the held ones.
    return """
      SELECT id FROM jobs WHERE state = 'queued' AND held = 0\(roots.isEmpty ? "" : " AND artifacts_root NOT IN (\(others))")
      ORDER BY priority DESC, id LIMIT 1
      """
  }

  private static func arguments(_ avoided: [String]) -> StatementArguments {
    StatementArguments(
      Dictionary(
        uniqueKeysWithValues: avoided.enumerated().map { ("avoided\($0)", $1 as (any DatabaseValueConvertible)?) }))
  }

  /// Marks the next job as running; one that cannot be read fails, and stands in nobody's way.
  private func markNext(
    in database: Database, worker: String, avoiding: [String], leaseUntil: UTCTimestamp, now: UTCTimestamp
  ) throws -> (Job, waited: Duration)? {
    let mark = try database.cachedStatement(
      sql: """
        UPDATE jobs SET state = 'running', attempt = attempt + 1, tries = tries + 1, worker = :worker,
          lease_until = :lease, started_at = :now, finished_at = NULL
        WHERE id = (\(Self.next(avoiding: avoiding)))
        RETURNING \(JobColumn.names)
        """)
    let arguments: StatementArguments =
      [
        "worker": worker, "lease": leaseUntil.milliseconds, "now": now.milliseconds,
      ] + Self.arguments(avoiding)
    while let row = try Row.fetchOne(mark, arguments: arguments) {
      do {
        return (try Job(row), max(.zero, now - UTCTimestamp(milliseconds: row[.queuedAt])))
      } catch let error as JobStoreError where error.code == .unreadable {
        try database.cachedStatement(
          sql: """
            UPDATE jobs SET state = 'failed', attempt = attempt - 1, tries = tries - 1, worker = NULL,
              lease_until = NULL, finished_at = ?, error_code = ?, error_message = ? WHERE id = ?
            """
        ).execute(arguments: [now.milliseconds, error.code.rawValue, error.message, row[.id] as Int64])
        try database.note("failed", job: row[.id], attempt: (row[.attempt] as Int64) - 1, worker: nil, at: now)
        try database.settle(key: row[.concurrencyKey])
        try settleDependents(of: row[.id], in: database, now: now)
      }
    }
    return nil
  }

  /// Queues scheduled jobs whose time has come.
  private func promoteDue(in database: Database, now: UTCTimestamp) throws {
    let due = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          UPDATE jobs SET state = 'queued', queued_at = run_at, run_at = NULL, held = concurrency_key IS NOT NULL
          WHERE id IN (SELECT id FROM jobs WHERE state = 'scheduled' AND waits_for IS NULL AND run_at <= ?
            ORDER BY run_at LIMIT \(Self.dueAtOnce))
          RETURNING id, attempt, concurrency_key
          """),
      arguments: [now.milliseconds])
    for row in due {
      try database.note("due", job: row["id"], attempt: row["attempt"], worker: nil, at: now)
      try database.settle(key: row["concurrency_key"])
    }
  }
}
