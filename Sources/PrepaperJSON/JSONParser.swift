/// Reads JSON (RFC 8259) strictly, keeps whole numbers and others apart, and names the place of an error.
///
/// - `2` is a whole number, `2.0` and `2e0` are not; a whole number beyond 64 bits is an error
/// - a key that stands twice in an object is an error: nobody could say which was meant
/// - `NaN`, `Infinity`, comments, trailing commas and invalid UTF-8 are errors, and so is nesting beyond 200 levels
///
/// Foundation's `JSONDecoder` could not do it: it reads `2.0` as a whole number, and takes the first of two equal keys
/// without a word.
package struct JSONParser {
  private static let deepest = 200
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  private let bytes: [UInt8]
  private var position = 0

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The value of a whole text.
  package static func parse(_ bytes: [UInt8]) throws(JSONParseError) -> JSONValue {
    var parser = JSONParser(bytes)
    parser.skipSpace()
    let value = try parser.readValue(depth: 0)
    parser.skipSpace()
    guard parser.position == bytes.count else { throw parser.error("more text after the value") }
    return value
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func readValue(depth: Int) throws(JSONParseError) -> JSONValue {
    guard depth < Self.deepest else { throw error("nested deeper than \(Self.deepest) levels") }
    guard let byte = next else { throw error("the text ends where a value should be") }
    switch byte {
    case UInt8(ascii: "{"): return try readObject(depth: depth)
    case UInt8(ascii: "["): return try readArray(depth: depth)
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"): return try readWord("true", .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
    default: throw error("no value begins like this")
    }
  }

  private mutating func readObject(depth: Int) throws(JSONParseError) -> JSONValue {
    position += 1
    var members: [String: JSONValue] = [:]
    skipSpace()
    if skip("}") { return .object(members) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw error("a key in quotes should be here") }
      let start = position
      let key = try readString()
      guard members[key] == nil else {
        throw error("the key '\(key.shown(limit: 40))' stands twice in this object", at: start)
      }
      skipSpace()
      guard skip(":") else { throw error("a ':' should be here") }
      skipSpace()
      members[key] = try readValue(depth: depth + 1)
      skipSpace()
    } while skip(",")
    guard skip("}") else { throw error("a ',' or '}' should be here") }
    return .object(members)
  }

  private mutating func readArray(depth: Int) throws(JSONParseError) -> JSONValue {
    position += 1
    var items: [JSONValue] = []
    skipSpace()
    if skip("]") { return .array(items) }
    repeat {
      skipSpace()
      items.append(try readValue(depth: depth + 1))
      skipSpace()
    } while skip(",")
    guard skip("]") else { throw error("a ',' or ']' should be here") }
    return .array(items)
  }

  private mutating func readNumber() throws(JSONParseError) -> JSONValue {
    let start = position
    let isNegative = skip("-")
    let leading = next
    var mantissa: Int64 = 0
    let digits = skipDigits(&mantissa)
    guard digits > 0 else { throw error("a digit should be here") }
    guard digits == 1 || leading != UInt8(ascii: "0") else {
      throw error("a number begins with a needless 0", at: start)
    }
    var isWhole = true
    var fraction = 0
    if skip(".") {
      isWhole = false
      fraction = skipDigits(&mantissa)
      guard fraction > 0 else { throw error("a digit should be here") }
    }
    // Up to 15 digits are exact in a double, and so is the rounding of their quotient by a power of ten up to 10^22
    // (Clinger 1990).
    let isShort = digits + fraction <= 15
    if skip("e") || skip("E") {
      isWhole = false
      _ = skip("+") || skip("-")
      var exponent: Int64 = 0
      guard skipDigits(&exponent) > 0 else { throw error("a digit should be here") }
    } else if isShort {
      if isWhole { return .integer(isNegative ? -mantissa : mantissa) }
      let number = Double(mantissa) / Self.powersOfTen[fraction]
      return .double(isNegative ? -number : number)
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole {
      guard let number = Int64(text) else {
        throw error("the number \(text.shown(limit: 40)) is beyond 64 bits", at: start)
      }
      return .integer(number)
    }
    guard let number = Double(text), number.isFinite else {
      throw error("the number \(text.shown(limit: 40)) is beyond a double's range", at: start)
    }
    return .double(number)
  }

  private mutating func readString() throws(JSONParseError) -> String {
    let start = position
    position += 1
    // Nearly all text is plain: it is taken as it stands, and only an escape makes the copying below needed.
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
    if next == UInt8(ascii: "\"") {
      position += 1
      guard let text = String(validating: bytes[start + 1..<position - 1], as: UTF8.self) else {
        throw error("this text is not valid UTF-8", at: start)
      }
      return text
    }
    var content = Array(bytes[start + 1..<position])
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let text = String(validating: content, as: UTF8.self) else {
          throw error("this text is not valid UTF-8", at: start)
        }
        return text
      case UInt8(ascii: "\\"):
        position += 1
        content.append(contentsOf: String(try readEscape()).utf8)
      case 0..<0x20:
        throw error("a control character in a text; write it as \\u00XX")
      default:
        content.append(byte)
        position += 1
      }
    }
    throw error("this text does not end", at: start)
  }

  private mutating func readEscape() throws(JSONParseError) -> Character {
    guard let byte = next else { throw error("the text ends in an escape") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try readUnicodeEscape())
    default: throw error("no escape is like this", at: position - 1)
    }
  }

  private mutating func readUnicodeEscape() throws(JSONParseError) -> Unicode.Scalar {
    let start = position - 2
    let first = try readHex()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xdc00, skip("\\"), skip("u") else { throw error("half of a surrogate pair", at: start) }
    let second = try readHex()
    guard
      (0xdc00..<0xe000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
    else { throw error("half of a surrogate pair", at: start) }
    return scalar
  }

  private mutating func readHex() throws(JSONParseError) -> UInt32 {
    guard
      position + 4 <= bytes.count,
      bytes[position..<position + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw error("four hex digits should be here") }
    position += 4
    return value
  }

  private mutating func readWord(_ word: String, _ value: JSONValue) throws(JSONParseError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw error("no value begins like this") }
    position += word.utf8.count
    return value
  }

  /// Passes digits, with `mantissa` as the number so far, which is right up to 18 digits; how many there were.
  private mutating func skipDigits(_ mantissa: inout Int64) -> Int {
    let start = position
    while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      mantissa = mantissa &* 10 &+ Int64(byte - UInt8(ascii: "0"))
      position += 1
    }
    return position - start
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let byte = next, UInt32(byte) == character.value else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
  }

  private func error(_ problem: String, at place: Int? = nil) -> JSONParseError {
    let before = bytes[..<(place ?? position)]
    let line = before.count { $0 == 0x0a } + 1
    let lineStart = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    return JSONParseError(line: line, column: before.count - lineStart + 1, problem: problem)
  }
}
