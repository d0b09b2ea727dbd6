internal import GRDB
package import PrepaperDomain
import PrepaperJSON
import PrepaperSQLite

extension JobStore {
  /// A job with its files and attempts.
  ///
  /// - Throws: `JobStoreError` with `no_such_run`; `SQLiteFailure`.
  package func details(_ runID: RunID) throws -> JobDetails {
    try store.read { database in
      let job = try job(runID, in: database)
      let files = try Row.fetchAll(
        database, sql: "SELECT path, bytes, sha256 FROM artifacts WHERE job_id = ? ORDER BY path",
        arguments: [job.id]
      ).map { ArtifactFile(path: $0["path"], bytes: $0["bytes"], sha256: $0["sha256"]) }
      let attempts = try Row.fetchAll(
        database, sql: "SELECT * FROM attempts WHERE job_id = ? ORDER BY attempt", arguments: [job.id]
      ).map(Attempt.init)
      return JobDetails(job: job, files: files, attempts: attempts)
    }
  }

  /// Jobs in the order in which they were submitted, newest first; of one state, or of all.
  ///
  /// - Throws: `SQLiteFailure`.
  package func jobs(state: JobState?, limit: Int) throws -> [Job] {
    try store.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT \(JobColumn.names) FROM jobs WHERE :state IS NULL OR state = :state ORDER BY id DESC LIMIT :limit
          """,
        arguments: ["state": state?.rawValue, "limit": limit]
      ).map { try Job($0) }
    }
  }

  /// How full the queue is.
  ///
  /// - Throws: `SQLiteFailure`.
  package func overview() throws -> QueueOverview {
    try store.read { database in
      let counters = try Row.fetchAll(database.cachedStatement(sql: "SELECT name, value FROM counters"))
        .reduce(into: [String: Int]()) { $0[$1["name"]] = $1["value"] }
      let times = try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT (SELECT min(queued_at) FROM jobs WHERE state = 'queued') AS oldest,
              (SELECT min(run_at) FROM jobs WHERE state = 'scheduled' AND waits_for IS NULL) AS run_at,
              (SELECT min(lease_until) FROM jobs WHERE state = 'running') AS lease_until
            """))
      return QueueOverview(
        counts: Dictionary(
          uniqueKeysWithValues: JobState.allCases.map { ($0, counters["jobs_\($0.rawValue)"] ?? 0) }),
        attempts: Dictionary(
          uniqueKeysWithValues: counters.compactMap { name, value in
            name.hasPrefix("attempts_") ? (String(name.dropFirst("attempts_".count)), value) : nil
          }),
        oldestQueuedSince: times?.timestamp("oldest"), nextRunAt: times?.timestamp("run_at"),
        nextLeaseEnd: times?.timestamp("lease_until"), pausedSince: try pausedSince(in: database))
    }
  }

  /// The job of a run id.
  func job(_ runID: RunID, in database: Database) throws -> Job {
    guard let row = try row(of: runID, in: database) else {
      throw JobStoreError(.noSuchRun, "no run \(runID) in the queue \(path)")
    }
    return try Job(row)
  }

  func row(of runID: RunID, in database: Database) throws -> Row? {
    try Row.fetchOne(
      database.cachedStatement(sql: "SELECT \(JobColumn.names) FROM jobs WHERE run_id = ?"),
      arguments: [runID.description])
  }
}
