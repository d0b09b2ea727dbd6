import PrepaperHTTP
package import PrepaperJSON
import PrepaperPrograms

/// A source of bars that is described by a JSON document: one that ships with prepaper, or one of the operator's.
package struct NamedSource {
  /// What the document describes.
  enum Kind {
    case http(HTTPDescriptor)
    case exec(ExecSourceRegistration)
  }

  /// Members that say how it is asked, and change nothing of what is answered.
  private static let passing: Set<String> = [
    "auth", "limits", "rate_limit", "retry", "settling_seconds", "summary",
  ]

  /// What it is called, in the settings too.
  package let name: String
  /// The absolute path of its file; nil for one that ships with prepaper.
  package let file: String?
  /// Its document as it stands.
  package let text: String
  /// The same, read.
  package let document: JSONValue
  let kind: Kind

  /// The source in an operator's file.
  ///
  /// - Throws: `AppError` with `configuration`, naming the file and the place in it.
  init(_ registration: RegistrationFile) throws(AppError) {
    name = registration.name
    file = registration.path
    text = registration.text
    document = registration.json
    switch document["kind"] {
    case .string("exec"):
      do throws(RegistrationError) { kind = .exec(try ExecSourceRegistration(registration)) } catch {
        throw AppError(error)
      }
    case .string("http"):
      kind = .http(try Self.descriptor(document, name: name, file: registration.path))
    default:
      throw AppError("configuration", "\(registration.path), kind: must be http or exec", .configuration)
    }
  }

  /// The source of that name that ships with prepaper, or nil where there is none.
  init?(shipped name: String) throws(AppError) {
    guard let bytes = HTTPDescriptor.shipped.first(where: { $0.name == name })?.text else { return nil }
    self.name = name
    file = nil
    text = String(decoding: bytes, as: UTF8.self)
    do throws(JSONParseError) { document = try JSONParser.parse(bytes) } catch {
      throw AppError("unexpected", "\(name).json: \(error)", .failed)
    }
    kind = .http(try Self.descriptor(document, name: name, file: "\(name).json"))
  }

  /// What `BARS_SOURCE` says for it: `http:alpaca`.
  package var setting: String {
    switch kind {
    case .http: "http:\(name)"
    case .exec: "exec:\(name)"
    }
  }

  /// The name of the file for its bars, `http_alpaca_0f3a…`: another one as soon as other bars may come.
  var cacheName: String {
    var telling = document
    if case .object(let members) = document { telling = .object(members.filter { !Self.passing.contains($0.key) }) }
    return setting.replacing(":", with: "_") + "_" + sha256Hex(CanonicalJSON.compactText(telling)).prefix(12)
  }

  private static func descriptor(
    _ document: JSONValue, name: String, file: String
  ) throws(AppError) -> HTTPDescriptor {
    do throws(DescriptorError) { return try HTTPDescriptor(document, name: name, file: file) } catch {
      throw AppError("configuration", error.description, .configuration)
    }
  }
}
