internal import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperSQLite

extension JobStore {
  /// How many attempts are measured.
  private static let measured = 1000

  /// How far back an attempt is looked for: a million jobs that were just submitted must not be gone through for it.
  private static let lookedAt = 50_000

  /// How the queue does: the last 1,000 attempts, as far as they are among the last 50,000 events, and the workers.
  ///
  /// It goes by the history's own order, and so takes the same time whatever the queue holds.
  ///
  /// - Throws: `SQLiteFailure`.
  package func statistics() throws -> QueueStatistics {
    try store.read { database in
      let attempts = try Row.fetchAll(
        database.cachedStatement(
          sql: """
            WITH claims AS (
              SELECT seq, job_id, attempt, at FROM job_events
              WHERE seq > (SELECT max(seq) FROM job_events) - \(Self.lookedAt) AND kind = 'claimed'
              ORDER BY seq DESC LIMIT \(Self.measured))
            SELECT
              claims.at - (
                SELECT at FROM job_events
                WHERE job_id = claims.job_id AND seq < claims.seq
                  AND kind IN ('submitted', 'due', 'lost', 'retried', 'released')
                ORDER BY seq DESC LIMIT 1) AS waited,
              finished_at - started_at AS ran
            FROM claims CROSS JOIN attempts
              ON attempts.job_id = claims.job_id AND attempts.attempt = claims.attempt
            """))
      let workers = try Row.fetchAll(
        database.cachedStatement(sql: "SELECT name, host, pid, started_at, seen_at FROM workers ORDER BY name"))
      return QueueStatistics(
        waits: Spread(attempts.compactMap { $0.duration("waited") }),
        runs: Spread(attempts.compactMap { $0.duration("ran") }),
        workers: workers.map { row in
          SeenWorker(
            name: row["name"], host: row["host"], processID: row["pid"],
            startedAt: UTCTimestamp(milliseconds: row["started_at"]),
            seenAt: UTCTimestamp(milliseconds: row["seen_at"]))
        })
    }
  }
}

extension Row {
  /// The milliseconds in a column, none where the clock was put back; nil where it is null.
  fileprivate func duration(_ column: String) -> Duration? {
    (self[column] as Int64?).map { .milliseconds(Swift.max(0, $0)) }
  }
}
