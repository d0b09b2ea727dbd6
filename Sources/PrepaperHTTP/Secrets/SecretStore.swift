internal import Glibc
import PrepaperDomain

/// Where secrets are found by name: files of `$CREDENTIALS_DIRECTORY`, and behind them environment variables.
///
/// - `LoadCredential=APCA_API_KEY_ID:/path` makes a file `APCA_API_KEY_ID` there
/// - `LoadCredential=prepaper:/directory` makes one `prepaper_APCA_API_KEY_ID` of each file in the directory
package struct SecretStore: Sendable {
  private let environment: [String: String]

  /// The secrets of a process with that environment.
  package init(environment: [String: String]) {
    self.environment = environment
  }

  /// Whether a name is one that a secret can have; it is a file's name as well.
  static func isName(_ text: String) -> Bool { SafeName.isValid(text, limit: 64, punctuation: "._-") }

  /// Why a secret cannot be used, or nil where it can.
  package func problem(with name: String) -> String? {
    do { return try secret(name) == nil ? "\(name) is not set" : nil } catch { return error.message }
  }

  /// The secret of a name, without blanks and line ends around it; nil where there is none, or an empty one.
  ///
  /// - Throws: `RunError` with `provider_refused` where its file cannot be read, or where it is not one line of text.
  func secret(_ name: String) throws(RunError) -> Secret? {
    var text = environment[name] ?? ""
    if let directory = environment["CREDENTIALS_DIRECTORY"] {
      for file in [name, "prepaper_\(name)"] {
        guard let found = try read("\(directory)/\(file)", name) else { continue }
        text = found
        break
      }
    }
    let value = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    guard value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
      throw RunError(.providerRefused, "the secret \(name) is not one line of text; check how it was written")
    }
    return value.isEmpty ? nil : Secret(value)
  }

  /// The text of a file of at most 64 KiB, or nil where there is none.
  private func read(_ path: String, _ name: String) throws(RunError) -> String? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    guard descriptor >= 0 else { throw failure(path, name) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw failure(path, name) }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  private func failure(_ path: String, _ name: String) -> RunError {
    RunError(
      .providerRefused, "cannot read the secret \(name) in \(path): \(unsafe String(cString: strerror(errno)))")
  }
}

/// A key or password, which shows as `***` wherever it is printed.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The key itself: for a request, and for nothing else.
  let value: String

  /// A secret of that value.
  package init(_ value: String) {
    self.value = value
  }

  package var description: String { "***" }
  package var debugDescription: String { "***" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Takes secrets out of texts that people will read, in every form in which a server may send them back.
struct Redaction: Sendable {
  private let forms: [String]

  init(_ secrets: [Secret], also texts: [String] = []) {
    let forms =
      secrets.flatMap { secret in
        // The last one is what `excerpt` leaves of it.
        [
          secret.value, percentEncoded(secret.value), percentEncoded(secret.value, digits: "0123456789abcdef"),
          secret.value.replacing("\\", with: ""),
        ]
      } + texts
    // A secret that holds another one goes first, so that nothing of it stays.
    self.forms = Set(forms).filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
  }

  /// The text with `***` in the place of each secret.
  func redacted(_ text: String) -> String {
    forms.reduce(text) { $0.replacing($1, with: "***") }
  }

  /// What a server said, on one line, as far as it helps: at most 200 characters, nothing of a secret.
  func excerpt(_ bytes: [UInt8]) -> String {
    // Without backslashes, so that a secret with a slash in it is not missed for being escaped.
    let line = String(decoding: bytes.prefix(4096), as: UTF8.self).unicodeScalars
      .filter { $0 != "\\" && $0.value >= 0x20 && $0.value != 0x7f }
    let text = redacted(String(String.UnicodeScalarView(line)))
    return text.count > 200 ? "\(text.prefix(200))…" : text
  }
}
