import PrepaperJSON

/// Reads what is said about a run, member by member, and says what a member must be where it is not.
struct RequestReader {
  private let members: JSONMembers
  private let names: MemberNames

  init(said: [RequestMember: JSONValue], names: MemberNames) throws(FieldFault) {
    self.names = names
    let object = Dictionary(uniqueKeysWithValues: said.map { ($0.key.key, $0.value) })
    do throws(JSONFault) {
      members = try JSONMembers(.object(object), optional: RequestMember.allCases.map(\.key))
    } catch {
      throw FieldFault("\(error).")
    }
  }

  /// Refuses a request that lacks any of these, naming all that lack.
  func require(_ needed: [RequestMember]) throws(FieldFault) {
    let missing = needed.filter { !members.has($0.key) }.map { names($0) }
    guard let last = missing.last else { return }
    let list = missing.dropLast().joined(separator: ", ")
    throw FieldFault(list.isEmpty ? "\(last) is missing." : "\(list) and \(last) are missing.")
  }

  func id(_ member: RequestMember) throws(FieldFault) -> RunID {
    let text = try text(member) ?? ""
    guard let id = RunID(text) else { throw .notAnID(names(member), text) }
    return id
  }

  func path(_ member: RequestMember) throws(FieldFault) -> String {
    let text = try text(member) ?? ""
    guard text.hasPrefix("/") else {
      throw FieldFault("\(names(member)) is '\(text.shown(limit: 60))'; it must be an absolute path.")
    }
    return text
  }

  func flag(_ member: RequestMember) throws(FieldFault) -> Bool {
    try value(member, "true or false") { value in
      if case .bool(let isSet) = value { isSet } else { nil }
    } ?? false
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ member: RequestMember
  ) throws(FieldFault) -> Choice? where Choice.RawValue == String {
    guard let text = try text(member) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: " or ")
      throw FieldFault("\(names(member)) is '\(text.shown(limit: 60))'; it must be \(known).")
    }
    return choice
  }

  func symbols(_ member: RequestMember) throws(FieldFault) -> [Symbol] {
    let texts: [String]? = try value(member, "a list of texts") { value in
      guard let items = value.items else { return nil }
      let texts = items.compactMap(\.stringValue)
      return texts.count == items.count ? texts : nil
    }
    guard let texts else { return [] }
    var symbols: [Symbol] = []
    for text in texts {
      guard let symbol = Symbol(text) else {
        throw FieldFault(
          "\(names(member)) has '\(text.shown(limit: 60))'; a symbol is up to 32 of A-Z a-z 0-9 . _ = ^ -, a letter or "
            + "digit first.")
      }
      symbols.append(symbol)
    }
    guard !symbols.isEmpty else { throw FieldFault("\(names(member)) has no symbol.") }
    return symbols
  }

  /// A share as `1%`, `"0.01"` or `0.01`.
  func share(_ member: RequestMember, atMost most: Double) throws(FieldFault) -> Double? {
    let said = try value(member, "a number, or a text like \"1%\"") { $0.stringValue ?? $0.doubleValue?.description }
    guard let said else { return nil }
    return try Share(said, names(member), atMost: most).value
  }

  /// The sizing in its one form, so that the same is the same run however it is written.
  func sizing(_ member: RequestMember) throws(FieldFault) -> String? {
    guard let sizing = try text(member) else { return nil }
    do {
      return try Sizing(parsing: sizing).description
    } catch let error {
      throw FieldFault("\(names(member)): \(error.message).")
    }
  }

  func text(_ member: RequestMember) throws(FieldFault) -> String? { try value(member, "text", \.stringValue) }

  /// What a reader makes of a member; a fault calls it as the user does.
  private func value<Value>(
    _ member: RequestMember, _ wanted: String, _ read: (JSONValue) -> Value?
  ) throws(FieldFault) -> Value? {
    do throws(JSONFault) {
      return try members.optionalValue(member.key, wanted, read)
    } catch {
      throw FieldFault("\(names(error.place)) \(error.problem).")
    }
  }
}

// What to evaluate is said in several members, which exclude each other.
extension RequestReader {
  func window(_ mode: RunMode) throws(FieldFault) -> WindowRequest {
    let bounds = (replayDate: try text(.replayDate), from: try text(.from), to: try text(.to))
    let isBounded = bounds.replayDate != nil || bounds.from != nil || bounds.to != nil
    if let asOf = try text(.asOf) {
      guard !isBounded else {
        throw FieldFault(
          "\(names(.asOf)) ends the window; it excludes \(names(.replayDate)) and \(names(.from))/\(names(.to)).")
      }
      guard let moment = AsOf(parsing: asOf) else {
        throw FieldFault(
          "\(names(.asOf)) is '\(asOf.shown(limit: 60))'; it must be now or a time like 2013-10-07T13:30:00Z.")
      }
      guard moment != .now || mode == .live else {
        throw FieldFault(
          "\(names(.asOf)) now is another moment each time; say \(names(.mode)) live as well, or give a time.")
      }
      return .asOf(moment)
    }
    guard mode == .live else { return try bounded(bounds) }
    guard !isBounded else {
      throw FieldFault(
        "\(names(.mode)) live ends the window at the last complete bar; it excludes \(names(.replayDate)) and "
          + "\(names(.from))/\(names(.to)).")
    }
    return .asOf(.now)
  }

  private func bounded(
    _ bounds: (replayDate: String?, from: String?, to: String?)
  ) throws(FieldFault) -> WindowRequest {
    switch bounds {
    case (nil, nil, nil): return .lastSession
    case (let text?, nil, nil):
      guard let day = CivilDate(iso: text) else {
        throw FieldFault("\(names(.replayDate)) is '\(text.shown(limit: 60))'; it must be a day like 2013-10-07.")
      }
      return .day(day)
    case (nil, let first?, let last?):
      return .span(from: try bound(first, names(.from)), to: try bound(last, names(.to)))
    case (nil, _, _): throw FieldFault("\(names(.from)) and \(names(.to)) belong together; give both.")
    default: throw FieldFault("\(names(.replayDate)) and \(names(.from))/\(names(.to)) exclude each other.")
    }
  }

  private func bound(_ text: String, _ name: String) throws(FieldFault) -> WindowBound {
    guard let bound = WindowBound(parsing: text) else {
      throw FieldFault(
        "\(name) is '\(text.shown(limit: 60))'; it must be a day like 2013-10-07 or a time with a zone like 2013-10-07T13:30:00Z."
      )
    }
    return bound
  }
}
