internal import GRDB
import PrepaperDomain
import PrepaperJSON

extension Job {
  /// The job of a row of `JobColumn.names`.
  ///
  /// - Throws: `JobStoreError` with `unreadable` where a value is none that this version writes.
  init(_ row: Row) throws {
    guard
      let request = RunRequest(row),
      let state = JobState(rawValue: row[.state])
    else { throw JobStoreError(.unreadable, "job \(row[.id] as Int64): its request or state is not readable") }
    id = row[.id]
    self.request = request
    self.state = state
    priority = row[.priority]
    attempt = row[.attempt]
    tries = row[.tries]
    maxTries = row[.maxTries]
    timeout = (row[.timeout] as Int64?).map(Duration.milliseconds)
    concurrencyKey = row[.concurrencyKey]
    after = (row[.after] as String?).flatMap(RunID.init)
    isWaiting = (row[.waitsFor] as Int64?) != nil
    cancelRequestedAt = row.timestamp(.cancelRequestedAt)
    worker = row[.worker]
    leaseUntil = row.timestamp(.leaseUntil)
    runAt = row.timestamp(.runAt)
    result = (row[.result] as String?).flatMap(RunStatus.init)
    reason = row[.reason]
    isSynthetic = row[.synthetic]
    errorCode = row[.errorCode]
    errorMessage = row[.errorMessage]
    runDirectory = row[.runDirectory]
    submittedAt = UTCTimestamp(milliseconds: row[.submittedAt])
    startedAt = row.timestamp(.startedAt)
    finishedAt = row.timestamp(.finishedAt)
  }
}

extension RunRequest {
  /// The request in the columns of `jobs`, or nil where one of them is not readable.
  init?(_ row: Row) {
    guard
      let runID = RunID(row[.runID]), let backtestRunID = RunID(row[.backtestRunID]),
      let sessionMode = SessionMode(rawValue: row[.sessionMode]),
      let window = WindowRequest(
        replayDate: row[.replayDate], from: row[.windowFrom], to: row[.windowTo], asOf: row[.asOf]),
      let options = RunOptions(row)
    else { return nil }
    self.init(
      runID: runID, backtestRunID: backtestRunID, artifactsRoot: row[.artifactsRoot], window: window,
      sessionMode: sessionMode, allowUnapproved: row[.allowUnapproved], options: options)
  }

  /// The columns of `jobs` that make up the request, beside the run id.
  var columns: [String: (any DatabaseValueConvertible)?] {
    var columns: [String: (any DatabaseValueConvertible)?] = [
      "backtest_run_id": backtestRunID.description, "artifacts_root": artifactsRoot,
      "session_mode": sessionMode.rawValue, "allow_unapproved": allowUnapproved,
      "replay_date": nil, "window_from": nil, "window_to": nil, "as_of": nil, "mode": options.mode.rawValue,
      "symbols": options.symbols.isEmpty ? nil : options.symbols.map(\.description).joined(separator: ","),
      "strict": options.isStrict, "max_missing": options.maxMissing, "max_jump": options.maxJump,
      "calendar": options.calendar?.rawValue, "sizing": options.sizing,
    ]
    switch window {
    case .lastSession: break
    case .day(let day): columns["replay_date"] = day.description
    case .span(let from, let to):
      columns["window_from"] = from.description
      columns["window_to"] = to.description
    case .asOf(let moment): columns["as_of"] = moment.description
    }
    return columns
  }
}

extension RunOptions {
  fileprivate init?(_ row: Row) {
    guard let mode = RunMode(rawValue: row[.mode]) else { return nil }
    var symbols: [Symbol] = []
    for text in (row[.symbols] as String?)?.split(separator: ",") ?? [] {
      guard let symbol = Symbol(String(text)) else { return nil }
      symbols.append(symbol)
    }
    var calendar: CalendarName?
    if let name: String = row[.calendar] {
      calendar = CalendarName(rawValue: name)
      guard calendar != nil else { return nil }
    }
    self.init(
      symbols: symbols, isStrict: row[.strict], mode: mode, maxMissing: row[.maxMissing], maxJump: row[.maxJump],
      calendar: calendar, sizing: row[.sizing])
  }
}

extension Row {
  /// The instant in a column of milliseconds, or nil where it is null.
  func timestamp(_ column: String) -> UTCTimestamp? {
    (self[column] as Int64?).map(UTCTimestamp.init(milliseconds:))
  }
}
