internal import GRDB

/// A row of `job_events`.
struct QueueEvent {
  let jobID, attempt: Int64
  let worker: String?
  let kind: String

  /// All rows, by job, oldest first: in the order of an index, so that none are sorted.
  static func all(in database: Database) throws -> RowsAhead<QueueEvent> {
    try RowsAhead(
      Row.fetchCursor(database, sql: "SELECT job_id, attempt, worker, kind FROM job_events ORDER BY job_id, seq")
        .map { QueueEvent(jobID: $0[0], attempt: $0[1], worker: $0[2], kind: $0[3]) })
  }
}
