extension JSONMembers {
  /// A value in a list or an object, with its place in the document.
  package typealias Item = (place: String, value: JSONValue)

  /// The members of an object within this one.
  package func object(
    _ name: String, required: [String] = [], optional: [String] = [], isOpen: Bool = false
  ) throws(JSONFault) -> JSONMembers {
    try JSONMembers(
      value(name), at: place(of: name), required: required, optional: optional, isOpen: isOpen,
      refusesNull: refusesNull)
  }

  /// The members of an object within this one; nil where it is not given.
  package func optionalObject(
    _ name: String, required: [String] = [], optional: [String] = [], isOpen: Bool = false
  ) throws(JSONFault) -> JSONMembers? {
    has(name) ? try object(name, required: required, optional: optional, isOpen: isOpen) : nil
  }

  /// The members of an object, whatever their names.
  package func valuesByName(_ name: String) throws(JSONFault) -> [String: JSONValue] {
    let value = try value(name)
    guard case .object(let members) = value else { throw fault(name, "must be an object, is \(value.kind)") }
    return members
  }

  /// The members of an object, whatever their names, in the order of the names' bytes.
  package func entries(_ name: String) throws(JSONFault) -> [(name: String, value: JSONValue)] {
    try valuesByName(name).sorted { precedesByBytes($0.key, $1.key) }.map { ($0.key, $0.value) }
  }

  /// An object of texts that are not empty, under any names.
  package func textsByName(_ name: String) throws(JSONFault) -> [String: String] {
    var texts: [String: String] = [:]
    for entry in try entries(name) {
      texts[entry.name] = try text(entry.value, at: "\(place(of: name)).\(entry.name)", allowsEmpty: false)
    }
    return texts
  }

  /// A list's items, each with its place: `auth[0]`.
  package func list(_ name: String) throws(JSONFault) -> [Item] {
    let value = try value(name)
    guard case .array(let items) = value else { throw fault(name, "must be a list, is \(value.kind)") }
    return items.enumerated().map { ("\(place(of: name))[\($0)]", $1) }
  }

  /// A list's items, each with its place; nil where it is not given.
  package func optionalList(_ name: String) throws(JSONFault) -> [Item]? {
    has(name) ? try list(name) : nil
  }

  /// A list of texts, which may be empty ones only where that is said.
  package func texts(_ name: String, allowsEmpty: Bool = false) throws(JSONFault) -> [String] {
    var texts: [String] = []
    for item in try list(name) { texts.append(try text(item.value, at: item.place, allowsEmpty: allowsEmpty)) }
    return texts
  }

  /// A list of texts, which may be empty ones only where that is said; nil where it is not given.
  package func optionalTexts(_ name: String, allowsEmpty: Bool = false) throws(JSONFault) -> [String]? {
    has(name) ? try texts(name, allowsEmpty: allowsEmpty) : nil
  }

  /// What a reader makes of each item of a list.
  ///
  /// - Parameters:
  ///   - wanted: what each must be, in the words of a message.
  ///   - read: makes it, or gives nil where the item is none.
  package func values<Value>(
    _ name: String, _ wanted: String, _ read: (JSONValue) -> Value?
  ) throws(JSONFault) -> [Value] {
    var values: [Value] = []
    for item in try list(name) {
      guard let value = read(item.value) else {
        throw JSONFault(at: item.place, "must be \(wanted), is \(item.value.shown)")
      }
      values.append(value)
    }
    return values
  }

  /// What a reader makes of each item of a list; nil where it is not given.
  package func optionalValues<Value>(
    _ name: String, _ wanted: String, _ read: (JSONValue) -> Value?
  ) throws(JSONFault) -> [Value]? {
    has(name) ? try values(name, wanted, read) : nil
  }
}
