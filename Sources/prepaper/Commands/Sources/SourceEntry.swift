import PrepaperDomain
import PrepaperHTTP
import PrepaperJSON
import PrepaperPrograms

/// A source as `sources` shows it.
struct SourceEntry {
  static let headings = ["SOURCE", "FROM", "TIMEFRAMES", "ADJUSTMENT", "KEYS", "ABOUT"]

  private let source: NamedSource
  private let secretNames: [String]
  /// What lacks to use it, in words.
  let problems: [String]

  /// The source, and which of its keys there are.
  init(_ source: NamedSource, secrets: SecretStore) {
    self.source = source
    secretNames =
      switch source.kind {
      case .http(let descriptor): descriptor.secretNames
      case .exec: []
      }
    problems = secretNames.compactMap { secrets.problem(with: $0) }
  }

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

  private var timeframes: [String] {
    switch source.kind {
    case .http(let descriptor): descriptor.timeframeNames
    case .exec: []
    }
  }

  private var adjustment: String {
    switch source.kind {
    case .http(let descriptor): descriptor.adjustment
    case .exec(let registration): registration.adjustment
    }
  }

  private var about: String {
    switch source.kind {
    case .http(let descriptor): descriptor.summary
    case .exec(let registration): registration.command.path
    }
  }
}
