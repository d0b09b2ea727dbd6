package import PrepaperDomain

/// What a user says about a run, as it is written in flags or in a line of JSON.
package struct RequestFields {
  private let runID: String
  private let backtestRunID: String
  private let from: String?
  private let to: String?
  private let replayDate: String?
  private let sessionMode: String?
  private let allowUnapproved: Bool
  private let asOf: String?
  private let options: OptionFields

  /// What is said, nil where nothing is.
  package init(
    runID: String, backtestRunID: String, from: String?, to: String?, replayDate: String?, sessionMode: String?,
    allowUnapproved: Bool, asOf: String?, options: OptionFields
  ) {
    self.runID = runID
    self.backtestRunID = backtestRunID
    self.from = from
    self.to = to
    self.replayDate = replayDate
    self.sessionMode = sessionMode
    self.allowUnapproved = allowUnapproved
    self.asOf = asOf
    self.options = options
  }

  /// The request, on a root that is there.
  ///
  /// - Throws: `FieldFault`, before a path is built from a name.
  package func request(artifactsRoot: String, _ names: FieldNames) throws(FieldFault) -> RunRequest {
    let options = try options.options(names)
    return RunRequest(
      runID: try id(runID, names("run_id")), backtestRunID: try id(backtestRunID, names("backtest_run_id")),
      artifactsRoot: artifactsRoot, window: try window(names, options.mode), sessionMode: try session(names),
      allowUnapproved: allowUnapproved, options: options)
  }

  private func id(_ text: String, _ name: String) throws(FieldFault) -> RunID {
    guard let id = RunID(text) else { throw .notAnID(name, text) }
    return id
  }

  private func session(_ names: FieldNames) throws(FieldFault) -> SessionMode {
    guard let sessionMode else { return .rth }
    guard let mode = SessionMode(rawValue: sessionMode) else {
      throw FieldFault("\(names("session_mode")) is '\(sessionMode)'; it must be rth or all.")
    }
    return mode
  }

  private func window(_ names: FieldNames, _ mode: RunMode) throws(FieldFault) -> WindowRequest {
    let isBounded = replayDate != nil || from != nil || to != nil
    if let asOf {
      guard !isBounded else {
        throw FieldFault(
          "\(names("as_of")) ends the window; it excludes \(names("replay_date")) and \(names("from"))/\(names("to")).")
      }
      guard let moment = AsOf(parsing: asOf) else {
        throw FieldFault("\(names("as_of")) is '\(asOf)'; it must be now or a time like 2013-10-07T13:30:00Z.")
      }
      guard moment != .now || mode == .live else {
        throw FieldFault(
          "\(names("as_of")) now is another moment each time; say \(names("mode")) live as well, or give a time.")
      }
      return .asOf(moment)
    }
    guard mode == .live else { return try boundedWindow(names) }
    guard !isBounded else {
      throw FieldFault(
        "\(names("mode")) live ends the window at the last complete bar; it excludes \(names("replay_date")) and "
          + "\(names("from"))/\(names("to")).")
    }
    return .asOf(.now)
  }

  private func boundedWindow(_ names: FieldNames) throws(FieldFault) -> WindowRequest {
    switch (replayDate, from, to) {
    case (nil, nil, nil): return .lastSession
    case (let text?, nil, nil):
      guard let day = CivilDate(iso: text) else {
        throw FieldFault("\(names("replay_date")) is '\(text)'; it must be a day like 2013-10-07.")
      }
      return .day(day)
    case (nil, let first?, let last?):
      return .span(from: try bound(first, names("from")), to: try bound(last, names("to")))
    case (nil, _, _): throw FieldFault("\(names("from")) and \(names("to")) belong together; give both.")
    default:
      throw FieldFault("\(names("replay_date")) and \(names("from"))/\(names("to")) exclude each other.")
    }
  }

  private func bound(_ text: String, _ name: String) throws(FieldFault) -> WindowBound {
    guard let bound = WindowBound(parsing: text) else {
      throw FieldFault(
        "\(name) is '\(text)'; it must be a day like 2013-10-07 or a time with a zone like 2013-10-07T13:30:00Z.")
    }
    return bound
  }
}

extension FieldFault {
  /// A text that is no run id.
  static func notAnID(_ name: String, _ text: String) -> FieldFault {
    FieldFault("\(name) is '\(text)'; an id is \(RunID.rule), without '/' or '..'.")
  }
}
