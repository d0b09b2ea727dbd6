import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData

extension ImportedFile {
  /// Headings for `row`.
  static let headings = ["FILE", "SYMBOL", "TIMEFRAME", "BARS", "ADDED", "UNCHANGED", "REPLACED", "RESULT"]

  /// Why it is not imported, if it was refused.
  var failure: CommandFailure? {
    if case .refused(let error) = outcome { CommandFailure(error) } else { nil }
  }

  /// The file as a line of a table.
  var row: [String] {
    let name = [file.path, file.symbol.description, file.timeframe.rawValue]
    return switch outcome {
    case .imported(let result, let bars):
      name + ["\(bars)", "\(result.added)", "\(result.unchanged)", "\(result.replaced)", "imported"]
    case .refused: name + ["-", "-", "-", "-", "refused"]
    case .notTried: name + ["-", "-", "-", "-", "not tried"]
    }
  }

  /// The file as `--json` shows it: numbers only of what was imported.
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "file": .string(file.path), "symbol": .string(file.symbol.description),
      "timeframe": .string(file.timeframe.rawValue),
    ]
    switch outcome {
    case .imported(let result, let bars):
      members["result"] = .string("imported")
      members["bars"] = .integer(Int64(bars))
      members["added"] = .integer(Int64(result.added))
      members["unchanged"] = .integer(Int64(result.unchanged))
      members["replaced"] = .integer(Int64(result.replaced))
    case .refused(let error):
      members["result"] = .string("refused")
      members["error"] = CommandFailure(error).json
    case .notTried: members["result"] = .string("not_tried")
    }
    return .object(members)
  }
}
