import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import Testing

/// How a call of the program ended.
struct ProgramResult: Sendable {
  let status: Int32
  let output: String
  let errors: String

  /// The one JSON object on stdout.
  var json: JSONValue {
    get throws { try JSONParser.parse(Array(output.utf8)) }
  }

  /// The code of a JSON error.
  var errorCode: String? {
    get throws { try json["error"]?["code"]?.stringValue }
  }
}
