import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport

func run(_ text: String) throws -> RunID {
  guard let id = RunID(text) else { throw NotReadable(text: text) }
  return id
}

/// From the start of one day to the start of another.
func days(_ from: String, _ to: String) throws -> WindowRequest {
  .span(from: .day(try day(from)), to: .day(try day(to)))
}

extension JSONValue {
  /// The member at a path of keys and places, `inputs.bars.0.sha256`.
  func at(_ path: String) -> JSONValue? {
    var value: JSONValue? = self
    for part in path.split(separator: ".") {
      if case .array(let items)? = value, let index = Int(part), items.indices.contains(index) {
        value = items[index]
      } else {
        value = value?[String(part)]
      }
    }
    return value
  }

  /// The items of a list, none where this is no list.
  var items: [JSONValue] {
    guard case .array(let items) = self else { return [] }
    return items
  }

  /// The names of the stages that `run_meta.json` lists.
  var stages: [String] { at("stages")?.items.compactMap { $0.at("stage")?.stringValue } ?? [] }

  /// The paths of all that is no object, `*` for each place of a list, sorted.
  var paths: [String] {
    switch self {
    case .object(let members):
      return members.flatMap { key, value in value.paths.map { $0.isEmpty ? key : "\(key).\($0)" } }.sorted()
    case .array(let items):
      let inner = Set(items.flatMap(\.paths))
      return inner.isEmpty ? [""] : inner.map { $0.isEmpty ? "*" : "*.\($0)" }.sorted()
    default:
      return [""]
    }
  }
}
