internal import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON

/// What the process that runs an attempt tells its worker: JSON objects, a line each, on a pipe.
package enum ChildMessage: Hashable, Sendable {
  /// It is there.
  case started
  /// How far it has come.
  case progress(stage: String, barsDone: Int?, barsTotal: Int?)
  /// The run is staged: only its publication is left.
  case staged(status: RunStatus, reason: String?, isSynthetic: Bool, files: [ArtifactFile])
  /// The run failed.
  case failed(RunError)

  /// The line, without a newline.
  package var line: String { CanonicalJSON.compactText(json) }

  /// The message in a line, or nil where it is none.
  init?(line: some Sequence<UInt8>) {
    guard let json = try? JSONParser.parse(Array(line)) else { return nil }
    self.init(json)
  }

  private var json: JSONValue {
    switch self {
    case .started: .object(["kind": .string("started")])
    case .progress(let stage, let done, let total):
      .object([
        "kind": .string("progress"), "stage": .string(stage), "bars_done": number(done), "bars_total": number(total),
      ])
    case .staged(let status, let reason, let isSynthetic, let files):
      .object([
        "kind": .string("staged"), "status": .string(status.rawValue),
        "reason": reason.map(JSONValue.string) ?? .null, "synthetic": .bool(isSynthetic),
        "files": .array(files.map(\.json)),
      ])
    case .failed(let error):
      .object([
        "kind": .string("failed"), "code": .string(error.code.rawValue), "message": .string(error.message),
      ])
    }
  }

  private init?(_ json: JSONValue) {
    switch json["kind"]?.stringValue {
    case "started": self = .started
    case "progress":
      guard let stage = json["stage"]?.stringValue else { return nil }
      self = .progress(
        stage: stage, barsDone: json["bars_done"]?.integerValue.map { Int($0) },
        barsTotal: json["bars_total"]?.integerValue.map { Int($0) })
    case "staged":
      guard let status = json["status"]?.stringValue.flatMap(RunStatus.init),
        case .bool(let isSynthetic)? = json["synthetic"], case .array(let entries)? = json["files"]
      else { return nil }
      let files = entries.compactMap(ArtifactFile.init)
      guard files.count == entries.count else { return nil }
      self = .staged(
        status: status, reason: json["reason"]?.stringValue, isSynthetic: isSynthetic, files: files)
    case "failed":
      guard let code = json["code"]?.stringValue.flatMap(RunErrorCode.init),
        let message = json["message"]?.stringValue
      else { return nil }
      self = .failed(RunError(code, message))
    default: return nil
    }
  }

  private func number(_ value: Int?) -> JSONValue { value.map { .integer(Int64($0)) } ?? .null }
}
