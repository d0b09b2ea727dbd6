internal import GRDB
import PrepaperDomain

/// The columns of `jobs` that make up a `Job`, by position: GRDB makes a name lower case and looks it up, each time.
enum JobColumn: Int {
  case id, request, state, priority, attempt, tries, maxTries, timeout, concurrencyKey, after, waitsFor, worker,
    leaseUntil, cancelRequestedAt, runAt, queuedAt, submittedAt, startedAt, finishedAt, result, reason, synthetic,
    errorCode, errorMessage, runDirectory

  /// Their names, in the same order.
  static let names = """
    id, request, state, priority, attempt, tries, max_tries, timeout_ms, concurrency_key, after_run_id, waits_for,
    worker, lease_until, cancel_requested_at, run_at, queued_at, submitted_at, started_at, finished_at, result, reason,
    synthetic, error_code, error_message, run_dir
    """
}

extension Row {
  /// The value in a column of a job.
  subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: JobColumn) -> Value {
    self[column.rawValue]
  }

  /// The instant in a column of milliseconds, or nil where it is null.
  func timestamp(_ column: JobColumn) -> UTCTimestamp? {
    (self[column] as Int64?).map(UTCTimestamp.init(milliseconds:))
  }
}
