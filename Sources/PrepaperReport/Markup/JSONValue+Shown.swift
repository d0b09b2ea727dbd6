import PrepaperDomain
import PrepaperJSON

extension JSONValue {
  /// The longest text that is shown of one value, in characters.
  private static let longest = 400

  /// The value to read, with every digit of its numbers; a long one is cut, and says so.
  var exact: String { text { $0.description }.cut(to: Self.longest) }

  /// The value to read, with numbers rounded to what a reader compares.
  var shown: String { text { $0.shown }.cut(to: Self.longest) }

  /// The members of an object, ordered by name; none where this is no object.
  var sortedMembers: [(key: String, value: JSONValue)] {
    guard case .object(let members) = self else { return [] }
    return members.sorted { $0.key < $1.key }
  }

  /// The elements of a list; none where this is no list.
  var elements: [JSONValue] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  /// Whether this is `true`.
  var isTrue: Bool { self == .bool(true) }

  private func text(number: (Double) -> String) -> String {
    switch self {
    case .null: "–"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .double(let value): number(value)
    case .string(let value): value
    case .array(let values):
      Self.list(values.prefix(Self.longest).map { $0.text(number: number) })
    case .object:
      Self.list(sortedMembers.prefix(Self.longest).map { "\($0.key): \($0.value.text(number: number))" })
    }
  }

  private static func list(_ texts: [String]) -> String {
    texts.isEmpty ? "none" : texts.joined(separator: ", ")
  }
}
