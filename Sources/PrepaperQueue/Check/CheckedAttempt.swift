internal import GRDB

/// What a check needs of a row of `attempts`.
struct CheckedAttempt {
  let jobID, number: Int64
  let worker: String
  /// Nil while it is open.
  let outcome: String?

  /// All rows, by job, oldest first.
  static func all(in database: Database) throws -> RowsAhead<CheckedAttempt> {
    try RowsAhead(
      Row.fetchCursor(
        database, sql: "SELECT job_id, attempt, worker, outcome FROM attempts ORDER BY job_id, attempt"
      ).map { CheckedAttempt(jobID: $0[0], number: $0[1], worker: $0[2], outcome: $0[3]) })
  }

  /// Whether the attempt can have ended with an event of that kind.
  func fits(endOfKind kind: String) -> Bool {
    switch kind {
    case "succeeded", "failed", "lost", "released": outcome == kind
    case "scheduled": outcome == "failed" || outcome == "released"
    // Where the cancel was asked for, a failure that may pass and a release come to it too.
    case "cancelled": outcome == "cancelled" || outcome == "failed" || outcome == "released"
    default: false
    }
  }
}
