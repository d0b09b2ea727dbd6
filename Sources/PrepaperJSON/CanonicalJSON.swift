/// The one encoder of every byte that is hashed: the same value always gives the same ASCII text.
///
/// - keys are sorted by code point, whole numbers are plain, other numbers the shortest text that reads back, always
///   with `.0` or an exponent: `150`, `150.0`, `1e-05`
/// - every character outside U+0020 to U+007E is `\uXXXX` in lower-case hex, in pairs beyond the basic plane;
///   `\" \\ \n \r \t \b \f` are short, `/` stays
/// - `pretty` has two spaces for each level and no final newline; `compact` is one line with `", "` and `": "`
///
/// Foundation's `JSONEncoder` could not do it: it writes `150` for `150.0`, and has another layout.
///
/// Not-a-number and infinity have no JSON form: encoding one is a fault of the program and ends it.
package struct CanonicalJSON: Sendable {
  private enum Layout { case pretty, compact }

  private let layout: Layout
  private var bytes: [UInt8] = []

  private init(_ layout: Layout) {
    self.layout = layout
  }

  /// The value over several lines, as files have it.
  package static func pretty(_ value: JSONValue) -> [UInt8] {
    var encoder = CanonicalJSON(.pretty)
    encoder.append(value, depth: 0)
    return encoder.bytes
  }

  /// A document over several lines, as files have it, given away piece by piece.
  ///
  /// - Throws: what `write` throws.
  package static func pretty<Failure>(
    _ document: JSONDocument, write: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var encoder = CanonicalJSON(.pretty)
    try encoder.append(document, depth: 0, write)
    try write(encoder.bytes)
  }

  /// The value on one line.
  package static func compact(_ value: JSONValue) -> [UInt8] {
    var encoder = CanonicalJSON(.compact)
    encoder.append(value, depth: 0)
    return encoder.bytes
  }

  /// The value on one line, as text.
  package static func compactText(_ value: JSONValue) -> String {
    String(decoding: compact(value), as: UTF8.self)
  }

  /// A double in canonical form; it must be finite.
  package static func number(_ value: Double) -> String {
    precondition(value.isFinite, "JSON has no form for \(value)")
    // Swift turns to exponents from 2^53 on, where the canonical form goes on with plain digits up to 1e16.
    if value.magnitude >= 0x1p53, value.magnitude < 1e16 { return "\(Int64(value)).0" }
    return value.description
  }

  private mutating func append(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: append("null")
    case .bool(let flag): append(flag ? "true" : "false")
    case .integer(let number): append(String(number))
    case .double(let number): append(Self.number(number))
    case .string(let text): appendQuoted(text)
    case .array(let items):
      appendList(items.count, open: "[", close: "]", depth: depth) { encoder, index in
        encoder.append(items[index], depth: depth + 1)
      }
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      appendList(sorted.count, open: "{", close: "}", depth: depth) { encoder, index in
        encoder.appendQuoted(sorted[index].key)
        encoder.append(": ")
        encoder.append(sorted[index].value, depth: depth + 1)
      }
    }
  }

  private mutating func append<Failure>(
    _ document: JSONDocument, depth: Int, _ write: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    switch document {
    case .value(let value): append(value, depth: depth)
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      try appendList(sorted.count, open: "{", close: "}", depth: depth) { encoder, index throws(Failure) in
        encoder.appendQuoted(sorted[index].key)
        encoder.append(": ")
        try encoder.append(sorted[index].value, depth: depth + 1, write)
      }
    case .list(let count, let item):
      try appendList(count, open: "[", close: "]", depth: depth) { encoder, index throws(Failure) in
        encoder.append(item(index), depth: depth + 1)
        try encoder.giveAway(write)
      }
    case .members(let count, let member):
      try appendList(count, open: "{", close: "}", depth: depth) { encoder, index throws(Failure) in
        let (key, value) = member(index)
        encoder.appendQuoted(key)
        encoder.append(": ")
        encoder.append(value, depth: depth + 1)
        try encoder.giveAway(write)
      }
    }
  }

  /// Gives away what is encoded as soon as it is worth a write.
  private mutating func giveAway<Failure>(_ write: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
    guard bytes.count >= 1 << 16 else { return }
    try write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  private mutating func appendList<Failure>(
    _ count: Int, open: String, close: String, depth: Int,
    each: (inout CanonicalJSON, Int) throws(Failure) -> Void
  ) throws(Failure) {
    append(open)
    for index in 0..<count {
      if index > 0 { append(layout == .pretty ? "," : ", ") }
      appendLineBreak(depth: depth + 1)
      try each(&self, index)
    }
    if count > 0 { appendLineBreak(depth: depth) }
    append(close)
  }

  private mutating func appendLineBreak(depth: Int) {
    guard layout == .pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private mutating func appendQuoted(_ text: String) {
    append("\"")
    for unit in text.utf16 {
      switch unit {
      case 0x22: append("\\\"")
      case 0x5c: append("\\\\")
      case 0x0a: append("\\n")
      case 0x0d: append("\\r")
      case 0x09: append("\\t")
      case 0x08: append("\\b")
      case 0x0c: append("\\f")
      case 0x20...0x7e: bytes.append(UInt8(unit))
      default: appendEscape(unit)
      }
    }
    append("\"")
  }

  private mutating func appendEscape(_ unit: UInt16) {
    append("\\u")
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(unit >> shift & 0xf)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }
}
