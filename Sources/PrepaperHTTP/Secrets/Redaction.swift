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
