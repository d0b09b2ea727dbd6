import PrepaperApp
import PrepaperJSON

extension SourceEntry {
  /// Headings for `row`.
  static let headings = ["SOURCE", "FROM", "TIMEFRAMES", "ADJUSTMENT", "KEYS", "ABOUT"]

  /// The source as a line of a table.
  var row: [String] {
    let keys = secretNames.isEmpty ? "-" : problems.isEmpty ? "set" : "not set"
    return [
      source.setting, source.file == nil ? "prepaper" : "operator",
      timeframes.isEmpty ? "-" : timeframes.joined(separator: ","), adjustment, keys, about,
    ]
  }

  /// The source as `--json` shows it: all that is in its document, and where that is; keys by their names alone.
  var json: JSONValue {
    .object([
      "name": .string(source.name),
      "setting": .string(source.setting),
      "file": source.file.map(JSONValue.string) ?? .null,
      "timeframes": .array(timeframes.map(JSONValue.string)),
      "adjustment": .string(adjustment),
      "secrets": .array(secretNames.map(JSONValue.string)),
      "problems": .array(problems.map(JSONValue.string)),
      "document": source.document,
    ])
  }
}
