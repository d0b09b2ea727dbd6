extension [UInt8] {
  /// Appends text so that it is nothing but text in HTML, between tags and in a quoted attribute alike.
  ///
  /// - `<`, `>`, `&`, `"` and `'` become character references
  /// - control characters, and marks that turn the direction of reading, become U+FFFD: they can make a text read as
  ///   another one
  mutating func appendEscaped(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": self += "&lt;".utf8
      case ">": self += "&gt;".utf8
      case "&": self += "&amp;".utf8
      case "\"": self += "&quot;".utf8
      case "'": self += "&#39;".utf8
      case "\n", "\t": append(UInt8(ascii: " "))
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        self += "\u{FFFD}".utf8
      default: self += String(scalar).utf8
      }
    }
  }
}
