import PrepaperDomain
import PrepaperJSON

/// Reads the members of one object of a descriptor, and knows at the end which were not read.
struct DescriptorFields {
  private let file: String
  private let path: String
  private var left: [String: JSONValue]

  /// The members of an object; `path` says where it is in the file, the empty text for the whole.
  init(_ value: JSONValue, file: String, path: String = "") throws(DescriptorError) {
    guard case .object(let members) = value else {
      throw DescriptorError(file, "\(path.isEmpty ? "the whole" : path) must be an object, is \(value.kind)")
    }
    self.file = file
    self.path = path
    left = members
  }

  /// Whether a member is there and not read yet.
  func has(_ name: String) -> Bool { left[name] != nil }

  /// A text that is not empty.
  mutating func text(_ name: String) throws(DescriptorError) -> String {
    guard let text = try optionalText(name) else { throw invalid(name, "is required") }
    guard !text.isEmpty else { throw invalid(name, "must not be empty") }
    return text
  }

  /// A text, or nil where it is not given.
  mutating func optionalText(_ name: String) throws(DescriptorError) -> String? {
    guard let value = left.removeValue(forKey: name) else { return nil }
    guard let text = value.stringValue else { throw invalid(name, "must be text, is \(value.kind)") }
    return text
  }

  /// One of an enumeration's texts; without a default it is required.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, default choice: Choice? = nil
  ) throws(DescriptorError) -> Choice where Choice.RawValue == String {
    let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    guard let text = try optionalText(name) else {
      guard let choice else { throw invalid(name, "is required: one of \(choices)") }
      return choice
    }
    guard let choice = Choice(rawValue: text) else { throw invalid(name, "must be one of \(choices), is '\(text)'") }
    return choice
  }

  /// True or false; false where it is not given.
  mutating func flag(_ name: String) throws(DescriptorError) -> Bool {
    guard let value = left.removeValue(forKey: name) else { return false }
    guard case .bool(let flag) = value else { throw invalid(name, "must be true or false, is \(value.kind)") }
    return flag
  }

  /// A whole number in a range; without a default it is required.
  mutating func integer(
    _ name: String, default number: Int? = nil, in range: ClosedRange<Int>
  ) throws(DescriptorError) -> Int {
    guard let value = left.removeValue(forKey: name) else {
      guard let number else { throw invalid(name, "is required") }
      return number
    }
    guard let number = value.integerValue.flatMap({ Int(exactly: $0) }) else {
      throw invalid(name, "must be a whole number, is \(value.doubleValue.map(\.description) ?? value.kind)")
    }
    guard range.contains(number) else {
      throw invalid(name, "must lie in \(range.lowerBound)…\(range.upperBound), is \(number)")
    }
    return number
  }

  /// A time in seconds, of a millisecond to a day; zero where `allowsZero` says so.
  mutating func seconds(
    _ name: String, default seconds: Double, allowsZero: Bool = false
  ) throws(DescriptorError) -> Duration {
    var number = seconds
    if let value = left.removeValue(forKey: name) {
      guard let read = value.doubleValue else { throw invalid(name, "must be a number of seconds, is \(value.kind)") }
      guard (0.001...86_400).contains(read) || allowsZero && read == 0 else {
        throw invalid(name, "must lie in \(allowsZero ? "0, " : "")0.001…86400 seconds, is \(read)")
      }
      number = read
    }
    return .microseconds(Int64((number * 1_000_000).rounded()))
  }

  /// A list of texts, none of them empty; without a default it is required.
  mutating func texts(_ name: String, default texts: [String]? = nil) throws(DescriptorError) -> [String] {
    guard left[name] != nil else {
      guard let texts else { throw invalid(name, "is required") }
      return texts
    }
    let values = try list(name)
    var read: [String] = []
    for (index, value) in values.enumerated() {
      guard let text = value.stringValue, !text.isEmpty else {
        throw invalid("\(name)[\(index)]", "must be text, is \(value.stringValue == nil ? value.kind : "empty")")
      }
      read.append(text)
    }
    return read
  }

  /// A list; an empty one where it is not given.
  mutating func list(_ name: String) throws(DescriptorError) -> [JSONValue] {
    guard let value = left.removeValue(forKey: name) else { return [] }
    guard case .array(let items) = value else { throw invalid(name, "must be a list, is \(value.kind)") }
    return items
  }

  /// An object of texts; an empty one where it is not given.
  mutating func map(_ name: String) throws(DescriptorError) -> [String: String] {
    guard var fields = try optionalFields(name) else { return [:] }
    var map: [String: String] = [:]
    for key in fields.left.keys { map[key] = try fields.text(key) }
    return map
  }

  /// The members of an object within this one.
  mutating func fields(_ name: String) throws(DescriptorError) -> DescriptorFields {
    guard let fields = try optionalFields(name) else { throw invalid(name, "is required") }
    return fields
  }

  /// The members of an object within this one, or nil where it is not given.
  mutating func optionalFields(_ name: String) throws(DescriptorError) -> DescriptorFields? {
    guard let value = left.removeValue(forKey: name) else { return nil }
    return try DescriptorFields(value, file: file, path: place(name))
  }

  /// The members of an object within this one, none where it is not given.
  mutating func fieldsOrNone(_ name: String) throws(DescriptorError) -> DescriptorFields {
    if let fields = try optionalFields(name) { return fields }
    return try DescriptorFields(.object([:]), file: file, path: place(name))
  }

  /// The members of an object that stands in a list.
  func fields(_ value: JSONValue, at index: Int, of name: String) throws(DescriptorError) -> DescriptorFields {
    try DescriptorFields(value, file: file, path: "\(place(name))[\(index)]")
  }

  /// Refuses members that nobody has read.
  ///
  /// - Throws: `DescriptorError` naming the first of them, in the order of the alphabet.
  func end() throws(DescriptorError) {
    guard let unknown = left.keys.min() else { return }
    throw invalid(unknown, "is not known here; remove it or check its spelling")
  }

  /// The error of a member.
  func invalid(_ name: String, _ problem: String) -> DescriptorError {
    DescriptorError(file, "\(place(name)) \(problem)")
  }

  private func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
