import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData

/// What became of a file that was to be imported.
struct ImportedFile {
  /// How it went.
  enum Outcome {
    case imported(BarImport, bars: Int)
    case refused(CommandFailure)
    /// A file before it was refused.
    case notTried
  }

  static let headings = ["FILE", "SYMBOL", "TIMEFRAME", "BARS", "ADDED", "UNCHANGED", "REPLACED", "RESULT"]

  let file: ImportFile
  let outcome: Outcome

  var row: [String] {
    let name = [file.path, file.symbol.description, file.timeframe.rawValue]
    return switch outcome {
    case .imported(let result, let bars):
      name + ["\(bars)", "\(result.added)", "\(result.unchanged)", "\(result.replaced)", "imported"]
    case .refused: name + ["-", "-", "-", "-", "refused"]
    case .notTried: name + ["-", "-", "-", "-", "not tried"]
    }
  }

  /// Numbers only of what was imported.
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
    case .refused(let failure):
      members["result"] = .string("refused")
      members["error"] = failure.json
    case .notTried: members["result"] = .string("not_tried")
    }
    return .object(members)
  }
}
