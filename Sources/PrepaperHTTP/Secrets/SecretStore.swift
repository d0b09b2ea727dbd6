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
