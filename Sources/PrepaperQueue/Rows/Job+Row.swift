internal import GRDB
import PrepaperDomain

extension Job {
  /// The job of a row of `jobs`.
  ///
  /// - Throws: `JobStoreError` with `unreadable` where a value is none that this version writes.
  init(_ row: Row) throws {
    guard
      let request = RunRequest(row),
      let state = JobState(rawValue: row["state"])
    else { throw JobStoreError(.unreadable, "job \(row["id"] as Int64): its request or state is not readable") }
    id = row["id"]
    self.request = request
    self.state = state
    priority = row["priority"]
    attempt = row["attempt"]
    tries = row["tries"]
    maxTries = row["max_tries"]
    timeout = (row["timeout_ms"] as Int64?).map(Duration.milliseconds)
    concurrencyKey = row["concurrency_key"]
    after = (row["after_run_id"] as String?).flatMap(RunID.init)
    isWaiting = (row["waits_for"] as Int64?) != nil
    cancelRequestedAt = row.timestamp("cancel_requested_at")
    worker = row["worker"]
    leaseUntil = row.timestamp("lease_until")
    runAt = row.timestamp("run_at")
    result = (row["result"] as String?).flatMap(RunStatus.init)
    reason = row["reason"]
    isSynthetic = row["synthetic"]
    errorCode = row["error_code"]
    errorMessage = row["error_message"]
    runDirectory = row["run_dir"]
    submittedAt = UTCTimestamp(milliseconds: row["submitted_at"])
    startedAt = row.timestamp("started_at")
    finishedAt = row.timestamp("finished_at")
  }
}

extension RunRequest {
  /// The request in the columns of `jobs`, or nil where one of them is not readable.
  init?(_ row: Row) {
    guard
      let runID = RunID(row["run_id"]), let backtestRunID = RunID(row["backtest_run_id"]),
      let sessionMode = SessionMode(rawValue: row["session_mode"]),
      let window = WindowRequest(row)
    else { return nil }
    self.init(
      runID: runID, backtestRunID: backtestRunID, artifactsRoot: row["artifacts_root"], window: window,
      sessionMode: sessionMode, allowUnapproved: row["allow_unapproved"])
  }

  /// The columns of `jobs` that make up the request, beside the run id.
  var columns: [String: (any DatabaseValueConvertible)?] {
    var columns: [String: (any DatabaseValueConvertible)?] = [
      "backtest_run_id": backtestRunID.description, "artifacts_root": artifactsRoot,
      "session_mode": sessionMode.rawValue, "allow_unapproved": allowUnapproved,
      "replay_date": nil, "window_from": nil, "window_to": nil,
    ]
    switch window {
    case .lastSession: break
    case .day(let day): columns["replay_date"] = day.description
    case .span(let from, let to):
      columns["window_from"] = from.description
      columns["window_to"] = to.description
    }
    return columns
  }
}

extension WindowRequest {
  fileprivate init?(_ row: Row) {
    switch (row["replay_date"] as String?, row["window_from"] as String?, row["window_to"] as String?) {
    case (nil, nil, nil):
      self = .lastSession
    case (let text?, nil, nil):
      guard let day = CivilDate(iso: text) else { return nil }
      self = .day(day)
    case (nil, let first?, let last?):
      guard let from = WindowBound(parsing: first), let to = WindowBound(parsing: last) else { return nil }
      self = .span(from: from, to: to)
    default:
      return nil
    }
  }
}

extension Row {
  /// The instant in a column of milliseconds, or nil where it is null.
  func timestamp(_ column: String) -> UTCTimestamp? {
    (self[column] as Int64?).map(UTCTimestamp.init(milliseconds:))
  }
}
