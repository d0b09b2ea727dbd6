internal import GRDB

/// What a check needs of a row of `jobs`: it must be readable also where the request is not.
struct CheckedJob {
  let id: Int64
  let runID, state: String
  let attempt, tries: Int64
  let worker, key: String?
  let isCancelRequested: Bool

  /// All rows, oldest first.
  static func all(in database: Database) throws -> RowsAhead<CheckedJob> {
    try RowsAhead(
      Row.fetchCursor(
        database,
        sql: """
          SELECT id, run_id, state, attempt, tries, worker, concurrency_key, cancel_requested_at IS NOT NULL
          FROM jobs ORDER BY id
          """
      ).map {
        CheckedJob(
          id: $0[0], runID: $0[1], state: $0[2], attempt: $0[3], tries: $0[4], worker: $0[5], key: $0[6],
          isCancelRequested: $0[7])
      })
  }
}
