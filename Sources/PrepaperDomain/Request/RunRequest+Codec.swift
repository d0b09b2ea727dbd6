package import PrepaperJSON

// The one spelling of a request. What a user may write is read here, and what is written here is among that.
extension RunRequest {
  /// The request in what is said about it, by whatever way that came.
  ///
  /// - texts are those that flags take; a share may be a number as well, `0.01` for `1%`
  /// - what is not said, or null, is the default
  ///
  /// - Parameter names: what errors call the members.
  /// - Throws: `FieldFault`, before a path is built from a name.
  package init(_ said: [RequestMember: JSONValue], _ names: MemberNames = .keys) throws(FieldFault) {
    let reader = try RequestReader(said: said, names: names)
    try reader.require([.runID, .backtestRunID, .artifactsRoot])
    let mode: RunMode = try reader.choice(.mode) ?? .replay
    self.init(
      runID: try reader.id(.runID), backtestRunID: try reader.id(.backtestRunID),
      artifactsRoot: try reader.path(.artifactsRoot), window: try reader.window(mode),
      sessionMode: try reader.choice(.sessionMode) ?? .rth, allowUnapproved: try reader.flag(.allowUnapproved),
      options: RunOptions(
        symbols: try reader.symbols(.symbols), isStrict: try reader.flag(.strict), mode: mode,
        maxMissing: try reader.share(.maxMissing, atMost: 1), maxJump: try reader.share(.maxJump, atMost: 10),
        calendar: try reader.choice(.calendar), sizing: try reader.sizing(.sizing),
        isProven: try !reader.flag(.noProve)))
  }

  /// The request in a JSON object of its members and no others.
  ///
  /// - Throws: `FieldFault`.
  package init(_ json: JSONValue) throws(FieldFault) {
    guard case .object(let members) = json else { throw FieldFault("a request is an object, not \(json.kind).") }
    try self.init(Self.said(members))
  }

  /// Everything that is said about the run; what is not said is absent, but for the few that every request has.
  package var members: [RequestMember: JSONValue] {
    var members: [RequestMember: JSONValue] = [
      .runID: .string(runID.description), .backtestRunID: .string(backtestRunID.description),
      .artifactsRoot: .string(artifactsRoot), .sessionMode: .string(sessionMode.rawValue),
      .allowUnapproved: .bool(allowUnapproved), .mode: .string(options.mode.rawValue), .strict: .bool(options.isStrict),
    ]
    switch window {
    case .lastSession: break
    case .day(let day): members[.replayDate] = .string(day.description)
    case .span(let from, let to):
      members[.from] = .string(from.description)
      members[.to] = .string(to.description)
    case .asOf(let moment): members[.asOf] = .string(moment.description)
    }
    if !options.symbols.isEmpty { members[.symbols] = .array(options.symbols.map { .string($0.description) }) }
    members[.maxMissing] = options.maxMissing.map(JSONValue.double)
    members[.maxJump] = options.maxJump.map(JSONValue.double)
    members[.calendar] = options.calendar.map { .string($0.rawValue) }
    members[.sizing] = options.sizing.map(JSONValue.string)
    // Absent is the default, as it was before there were proofs.
    if !options.isProven { members[.noProve] = .bool(true) }
    return members
  }

  /// The members as an object.
  package var json: JSONValue {
    .object(Dictionary(uniqueKeysWithValues: members.map { ($0.key.key, $0.value) }))
  }

  /// The members of an object, of which there may be no others.
  private static func said(_ members: [String: JSONValue]) throws(FieldFault) -> [RequestMember: JSONValue] {
    var said: [RequestMember: JSONValue] = [:]
    for (key, value) in members.sorted(by: { precedesByBytes($0.key, $1.key) }) {
      guard let member = RequestMember(rawValue: key) else {
        let known = RequestMember.allCases.map(\.key).sorted().joined(separator: ", ")
        throw FieldFault("there is no key '\(key.shown(limit: 40))' in a request; the keys are \(known).")
      }
      said[member] = value
    }
    return said
  }
}
