internal import PrepaperDomain
import PrepaperJSON

/// The members of an object in a registration, read one by one by what they must be.
struct RegistrationMembers {
  let file: String
  private let path: String
  private let members: [String: JSONValue]

  /// The members of a value.
  ///
  /// - Throws: `RegistrationError` where it is no object, or has a member that is not known.
  init(file: String, at path: String, _ json: JSONValue, known: [String]) throws(RegistrationError) {
    self.file = file
    self.path = path
    guard case .object(let members) = json else {
      throw RegistrationError(file, at: path, "must be an object, is \(json.kind)")
    }
    let unknown = members.keys.filter { !known.contains($0) }
    if let key = unknown.min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      throw RegistrationError(file, at: path, "'\(key)' is not known; known are: \(known.joined(separator: ", "))")
    }
    self.members = members
  }

  /// The names of the members, sorted.
  var names: [String] { members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

  /// The value of a member, whatever it is.
  subscript(key: String) -> JSONValue? { members[key] }

  /// A text that is not empty.
  func text(_ key: String) throws(RegistrationError) -> String? {
    guard let value = members[key] else { return nil }
    guard let text = value.stringValue, !text.isEmpty else { throw invalid(key, "must be text", value) }
    return text
  }

  /// A list of texts.
  func texts(_ key: String) throws(RegistrationError) -> [String]? {
    guard let value = members[key] else { return nil }
    guard case .array(let items) = value else { throw invalid(key, "must be a list of texts", value) }
    var texts: [String] = []
    for (index, item) in items.enumerated() {
      guard let text = item.stringValue else { throw invalid("\(key)[\(index)]", "must be text", item) }
      texts.append(text)
    }
    return texts
  }

  /// A whole number in a range.
  func integer(_ key: String, in range: ClosedRange<Int64>) throws(RegistrationError) -> Int64? {
    guard let value = members[key] else { return nil }
    guard let number = value.integerValue else { throw invalid(key, "must be a whole number", value) }
    guard range.contains(number) else {
      throw RegistrationError(
        file, at: place(key), "must lie in \(range.lowerBound)…\(range.upperBound), is \(number)")
    }
    return number
  }

  /// An object.
  func object(_ key: String, known: [String]) throws(RegistrationError) -> RegistrationMembers? {
    guard let value = members[key] else { return nil }
    return try RegistrationMembers(file: file, at: place(key), value, known: known)
  }

  /// The error of a member that is not what it must be.
  func invalid(_ key: String, _ problem: String, _ value: JSONValue? = nil) -> RegistrationError {
    RegistrationError(file, at: place(key), value.map { "\(problem), is \($0.kind)" } ?? problem)
  }

  /// The error of a member that has to be there.
  func missing(_ key: String, _ what: String) -> RegistrationError {
    RegistrationError(file, at: place(key), "is required: \(what)")
  }

  private func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
