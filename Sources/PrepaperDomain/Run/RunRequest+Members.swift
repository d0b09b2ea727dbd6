package import PrepaperJSON

extension RunRequest {
  /// The request as members of a JSON object, by the names that users know; what is not said is absent.
  package var members: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "run_id": .string(runID.description), "backtest_run_id": .string(backtestRunID.description),
      "artifacts_root": .string(artifactsRoot), "session_mode": .string(sessionMode.rawValue),
      "allow_unapproved": .bool(allowUnapproved), "mode": .string(options.mode.rawValue),
      "strict": .bool(options.isStrict),
    ]
    switch window {
    case .lastSession: break
    case .day(let day): members["replay_date"] = .string(day.description)
    case .span(let from, let to):
      members["from"] = .string(from.description)
      members["to"] = .string(to.description)
    case .asOf(let moment): members["as_of"] = .string(moment.description)
    }
    if !options.symbols.isEmpty {
      members["symbols"] = .array(options.symbols.map { .string($0.description) })
    }
    members["max_missing"] = options.maxMissing.map(JSONValue.double)
    members["max_jump"] = options.maxJump.map(JSONValue.double)
    members["calendar"] = options.calendar.map { .string($0.rawValue) }
    members["sizing"] = options.sizing.map(JSONValue.string)
    // Absent is the default, as it was before there were proofs.
    if !options.isProven { members["no_prove"] = .bool(true) }
    return members
  }

  /// The request in the members of a JSON object that `members` has made, or nil where it is none.
  package init?(_ json: JSONValue) {
    guard
      let runID = json["run_id"]?.stringValue.flatMap(RunID.init),
      let backtest = json["backtest_run_id"]?.stringValue.flatMap(RunID.init),
      let root = json["artifacts_root"]?.stringValue,
      let sessionMode = json["session_mode"]?.stringValue.flatMap(SessionMode.init),
      case .bool(let allowUnapproved)? = json["allow_unapproved"], let window = WindowRequest(json),
      let options = RunOptions(json)
    else { return nil }
    self.init(
      runID: runID, backtestRunID: backtest, artifactsRoot: root, window: window, sessionMode: sessionMode,
      allowUnapproved: allowUnapproved, options: options)
  }
}

extension RunOptions {
  fileprivate init?(_ json: JSONValue) {
    guard let mode = json["mode"]?.stringValue.flatMap(RunMode.init), case .bool(let isStrict)? = json["strict"]
    else { return nil }
    var symbols: [Symbol] = []
    if case .array(let texts)? = json["symbols"] {
      for text in texts {
        guard let symbol = text.stringValue.flatMap(Symbol.init) else { return nil }
        symbols.append(symbol)
      }
    }
    var calendar: CalendarName?
    if let name = json["calendar"]?.stringValue {
      calendar = CalendarName(rawValue: name)
      guard calendar != nil else { return nil }
    }
    self.init(
      symbols: symbols, isStrict: isStrict, mode: mode, maxMissing: json["max_missing"]?.doubleValue,
      maxJump: json["max_jump"]?.doubleValue, calendar: calendar, sizing: json["sizing"]?.stringValue,
      isProven: json["no_prove"] != .bool(true))
  }
}

extension WindowRequest {
  fileprivate init?(_ json: JSONValue) {
    let texts = ["replay_date", "from", "to", "as_of"].map { json[$0]?.stringValue }
    self.init(replayDate: texts[0], from: texts[1], to: texts[2], asOf: texts[3])
  }

  /// The window that these texts say, as their `description`s are, or nil where they say none.
  package init?(replayDate: String?, from: String?, to: String?, asOf: String?) {
    switch (replayDate, from, to, asOf) {
    case (nil, nil, nil, nil): self = .lastSession
    case (let text?, nil, nil, nil):
      guard let day = CivilDate(iso: text) else { return nil }
      self = .day(day)
    case (nil, let first?, let last?, nil):
      guard let from = WindowBound(parsing: first), let to = WindowBound(parsing: last) else { return nil }
      self = .span(from: from, to: to)
    case (nil, nil, nil, let text?):
      guard let moment = AsOf(parsing: text) else { return nil }
      self = .asOf(moment)
    default: return nil
    }
  }
}
