/// The members of an object in a JSON document, read one by one by what they must be.
///
/// Whatever is wrong is a `JSONFault` with its place in the document:
///
/// - all that is missing, and all that is not known, is told at once:
///   `stop is missing; 'stpo' is not known; known are: stop, symbol`
/// - a value of the wrong kind is told by its kind, one of the right kind by itself:
///   `limits.pages must be a whole number, is text` · `limits.pages must lie in 1…10, is 11`
/// - null is as good as absent in what programs write; in what people write it is a value of the wrong kind
/// - an open object may have members besides, and a dot in a name leads into its objects: `identity.run_id`
package struct JSONMembers: Sendable {
  /// Where the object is in the document; empty for the whole.
  package let place: String
  private let members: [String: JSONValue]
  private let known: [String]
  private let isOpen: Bool
  let refusesNull: Bool

  /// The members of a value, which are these and, unless it is open, no others.
  ///
  /// - Parameters:
  ///   - value: the object.
  ///   - place: where it is in the document; empty for the whole.
  ///   - required: the members that must be there.
  ///   - optional: the members that may be there.
  ///   - isOpen: whether others may be there too.
  ///   - refusesNull: whether null is a value as any other, and not as good as absent; so in the objects within it.
  /// - Throws: `JSONFault` where it is no object, and for all that is missing or not known.
  package init(
    _ value: JSONValue, at place: String = "", required: [String] = [], optional: [String] = [], isOpen: Bool = false,
    refusesNull: Bool = false
  ) throws(JSONFault) {
    guard case .object(let members) = value else {
      throw JSONFault(at: place, "must be an object, is \(value.kind)")
    }
    self.place = place
    self.members = members
    self.isOpen = isOpen
    self.refusesNull = refusesNull
    known = required + optional
    if isOpen {
      for name in known { try checkWay(to: name) }
    }
    try refuse(
      missing: required.filter { self[$0] == nil }, unknown: isOpen ? [] : members.keys.filter { !isKnown($0) })
  }

  /// The same object, read more strictly now that it is known what it is.
  ///
  /// - Throws: `JSONFault` for all that is missing or not known.
  package func only(required: [String], optional: [String] = []) throws(JSONFault) -> JSONMembers {
    try JSONMembers(
      .object(members), at: place, required: required, optional: optional, refusesNull: refusesNull)
  }

  /// A member, whatever it is; nil where it is absent, or null and that is as good.
  package subscript(name: String) -> JSONValue? {
    assert(isKnown(name) || isOpen && !isPath(name), "'\(name)' is read, and is no member that may be there")
    guard isPath(name) else { return members[name].flatMap(unlessNull) }
    var value = JSONValue.object(members)
    for part in name.split(separator: ".") {
      guard let member = value[String(part)] else { return nil }
      value = member
    }
    return unlessNull(value)
  }

  /// The names of all members that are there, in the order of their bytes.
  package var names: [String] { members.keys.sorted(by: precedesByBytes) }

  /// Whether a member is there.
  package func has(_ name: String) -> Bool { self[name] != nil }

  /// Where a member is in the document.
  package func place(of name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

  /// The fault of a member: its place, and what is wrong.
  package func fault(_ name: String, _ problem: String) -> JSONFault { JSONFault(at: place(of: name), problem) }

  /// A member that must be there, whatever it is.
  package func value(_ name: String) throws(JSONFault) -> JSONValue {
    guard let value = self[name] else { throw fault(name, "is missing") }
    return value
  }

  private func unlessNull(_ value: JSONValue) -> JSONValue? { refusesNull || value != .null ? value : nil }

  private func isKnown(_ name: String) -> Bool { known.contains(name) }

  private func isPath(_ name: String) -> Bool { isOpen && name.utf8.contains(UInt8(ascii: ".")) }

  /// Anything but an object on the way to a member is wrong, not a member that is missing.
  private func checkWay(to name: String) throws(JSONFault) {
    var value = JSONValue.object(members)
    var walked: [Substring] = []
    for part in name.split(separator: ".").dropLast() {
      walked.append(part)
      guard let member = value[String(part)].flatMap(unlessNull) else { return }
      guard case .object = member else {
        throw fault(walked.joined(separator: "."), "must be an object, is \(member.kind)")
      }
      value = member
    }
  }

  private func refuse(missing: [String], unknown: [String]) throws(JSONFault) {
    let lacks = missing.map { place(of: $0) }
    if unknown.isEmpty {
      guard let first = lacks.first else { return }
      throw lacks.count == 1 ? JSONFault(at: first, "is missing") : JSONFault("\(lacks.listed) are missing")
    }
    let strange = unknown.sorted(by: precedesByBytes).map { "'\($0.shown(limit: 40))'" }
    let names =
      known.isEmpty ? "it has no members" : "known are: \(known.sorted(by: precedesByBytes).joined(separator: ", "))"
    throw JSONFault(
      (lacks.isEmpty ? "" : "\(lacks.listed) \(lacks.count == 1 ? "is" : "are") missing; ")
        + "\(strange.listed)\(place.isEmpty ? "" : " in \(place)") \(strange.count == 1 ? "is" : "are") not known; \(names)"
    )
  }
}

extension [String] {
  /// The texts as a sentence lists them: `a, b and c`; of very many the first ones.
  fileprivate var listed: String {
    guard count <= 20 else { return "\(prefix(19).joined(separator: ", ")) and \(count - 19) others" }
    guard count > 1, let last else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) and \(last)"
  }
}
