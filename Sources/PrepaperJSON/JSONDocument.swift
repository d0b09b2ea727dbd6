/// A JSON value that may be too large to be held whole: its parts are made when they are written.
package indirect enum JSONDocument {
  /// A value that is there.
  case value(JSONValue)
  /// An object of documents.
  case object([String: JSONDocument])
  /// An array of that many items.
  case list(count: Int, item: (Int) -> JSONValue)
  /// An object of that many members, ascending by the UTF-8 of their keys, each of which stands once.
  case members(count: Int, member: (Int) -> (key: String, value: JSONValue))

  /// All of it as one value.
  package var json: JSONValue {
    switch self {
    case .value(let value): value
    case .object(let members): .object(members.mapValues(\.json))
    case .list(let count, let item): .array((0..<count).map(item))
    case .members(let count, let member):
      .object(Dictionary((0..<count).map { member($0) }.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }))
    }
  }
}
