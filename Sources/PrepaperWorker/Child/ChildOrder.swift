package import PrepaperDomain
import PrepaperQueue

/// What a worker tells the process that runs an attempt: one JSON object on its standard input.
package struct ChildOrder: Hashable, Sendable {
  /// The row of the job, the attempt's number, and who claimed: for the run's records.
  package let jobID, attempt: Int64
  package let worker: String
  /// What to run.
  package let request: RunRequest
  /// How to run it.
  package let settings: ChildSettings

  init(_ claim: Claim, _ settings: ChildSettings) {
    jobID = claim.jobID
    attempt = claim.attempt
    worker = claim.worker
    request = claim.request
    self.settings = settings
  }

  /// The object.
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "job_id": .integer(jobID), "attempt": .integer(attempt), "worker": .string(worker),
      "run_id": .string(request.runID.description), "backtest_run_id": .string(request.backtestRunID.description),
      "artifacts_root": .string(request.artifactsRoot), "session_mode": .string(request.sessionMode.rawValue),
      "allow_unapproved": .bool(request.allowUnapproved),
    ]
    members["max_memory_mib"] = settings.maxMemory.map { .integer(Int64($0)) }
    members["nice"] = settings.nice.map { .integer(Int64($0)) }
    members["log_level"] = settings.logLevel.map { .string($0) }
    switch request.window {
    case .lastSession: break
    case .day(let day): members["replay_date"] = .string(day.description)
    case .span(let from, let to):
      members["from"] = .string(from.description)
      members["to"] = .string(to.description)
    }
    return .object(members)
  }

  /// The order in an object, or nil where it is none.
  package init?(_ json: JSONValue) {
    guard let jobID = json["job_id"]?.integerValue, let attempt = json["attempt"]?.integerValue,
      let worker = json["worker"]?.stringValue,
      let runID = json["run_id"]?.stringValue.flatMap(RunID.init),
      let backtest = json["backtest_run_id"]?.stringValue.flatMap(RunID.init),
      let root = json["artifacts_root"]?.stringValue,
      let mode = json["session_mode"]?.stringValue.flatMap(SessionMode.init),
      case .bool(let allowUnapproved)? = json["allow_unapproved"], let window = WindowRequest(json)
    else { return nil }
    self.jobID = jobID
    self.attempt = attempt
    self.worker = worker
    request = RunRequest(
      runID: runID, backtestRunID: backtest, artifactsRoot: root, window: window, sessionMode: mode,
      allowUnapproved: allowUnapproved)
    settings = ChildSettings(
      maxMemory: json["max_memory_mib"]?.integerValue.map { Int($0) }, nice: json["nice"]?.integerValue.map { Int($0) },
      logLevel: json["log_level"]?.stringValue)
  }
}

extension WindowRequest {
  fileprivate init?(_ json: JSONValue) {
    switch (json["replay_date"]?.stringValue, json["from"]?.stringValue, json["to"]?.stringValue) {
    case (nil, nil, nil): self = .lastSession
    case (let text?, nil, nil):
      guard let day = CivilDate(iso: text) else { return nil }
      self = .day(day)
    case (nil, let first?, let last?):
      guard let from = WindowBound(parsing: first), let to = WindowBound(parsing: last) else { return nil }
      self = .span(from: from, to: to)
    default: return nil
    }
  }
}
