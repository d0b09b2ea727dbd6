internal import GRDB
import PrepaperDomain

/// The columns of `jobs` that make up a `Job`, by position: GRDB makes a name lower case and looks it up, each time.
enum JobColumn: Int {
  case id, runID, backtestRunID, artifactsRoot, sessionMode, allowUnapproved, replayDate, windowFrom, windowTo,
    state, priority, attempt, tries, maxTries, timeout, concurrencyKey, after, waitsFor, worker, leaseUntil,
    cancelRequestedAt, runAt, queuedAt, submittedAt, startedAt, finishedAt, result, reason, synthetic, errorCode,
    errorMessage, runDirectory, mode, asOf, symbols, strict, maxMissing, maxJump, calendar, sizing

  /// Their names, in the same order.
  static let names = """
    id, run_id, backtest_run_id, artifacts_root, session_mode, allow_unapproved, replay_date, window_from,
    window_to, state, priority, attempt, tries, max_tries, timeout_ms, concurrency_key, after_run_id, waits_for,
    worker, lease_until, cancel_requested_at, run_at, queued_at, submitted_at, started_at, finished_at, result,
    reason, synthetic, error_code, error_message, run_dir, mode, as_of, symbols, strict, max_missing, max_jump,
    calendar, sizing
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
