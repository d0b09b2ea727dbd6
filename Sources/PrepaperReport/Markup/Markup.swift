/// HTML in the making: literals are markup, and every value that is put into one is escaped.
///
/// - `"<td>\(text)</td>"` with the text `a<b` is `<td>a&lt;b</td>`
/// - `"<tr>\(cells)</tr>"` with other markup takes it as it is
struct Markup: ExpressibleByStringInterpolation, Sendable {
  /// The bytes so far, UTF-8.
  private(set) var bytes: [UInt8]

  /// Nothing yet.
  init() { bytes = [] }

  init(stringLiteral value: String) { bytes = Array(value.utf8) }

  init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

  /// Whether there is nothing.
  var isEmpty: Bool { bytes.isEmpty }

  /// Appends other markup.
  static func += (markup: inout Markup, more: Markup) { markup.bytes += more.bytes }

  /// One markup after the other.
  static func + (markup: Markup, more: Markup) -> Markup {
    var whole = markup
    whole += more
    return whole
  }
}

extension Markup {
  /// What a literal with values in it is made by.
  struct StringInterpolation: StringInterpolationProtocol {
    private(set) var bytes: [UInt8] = []

    init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: String) { bytes += literal.utf8 }

    /// Text from anywhere: escaped.
    mutating func appendInterpolation(_ text: String) { bytes.appendEscaped(text) }

    /// A whole number, which needs no escaping.
    mutating func appendInterpolation(_ number: Int) { bytes += String(number).utf8 }

    /// Markup as it is.
    mutating func appendInterpolation(_ markup: Markup) { bytes += markup.bytes }
  }
}

extension Sequence<Markup> {
  /// The pieces one after the other.
  func joined(separator: Markup = Markup()) -> Markup {
    var whole = Markup()
    for piece in self {
      if !whole.isEmpty { whole += separator }
      whole += piece
    }
    return whole
  }
}

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
