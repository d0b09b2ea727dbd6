/// A JSON value that keeps whole numbers and others apart, as their canonical bytes differ (`150` and `150.0`).
package indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The member of an object, or nil where this is no object or has no such member.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// The text, or nil where this is none.
  package var stringValue: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The number as a double, whole or not, or nil where this is none.
  package var doubleValue: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  /// The whole number, or nil; `14.0` is one, `14.5` is not.
  package var integerValue: Int64? {
    switch self {
    case .integer(let number): number
    case .double(let number): Int64(exactly: number)
    default: nil
    }
  }

  /// The items of a list, or nil where this is none.
  package var items: [JSONValue]? {
    guard case .array(let items) = self else { return nil }
    return items
  }

  /// What kind of value this is, in the words of a message.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .double: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// An object without the members that are nil.
  package static func object(dropping members: [String: JSONValue?]) -> JSONValue {
    .object(members.compactMapValues { $0 })
  }
}
