/// Reads the fixed digits and signs of a date or a time from text, byte by byte.
struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { position == bytes.count }

  /// The next byte, without passing it.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Passes the next byte if it is this one.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let byte = next, UInt32(byte) == character.value else { return false }
    position += 1
    return true
  }

  /// Exactly that many decimal digits as a number.
  mutating func readNumber(digits: Int) -> Int? {
    guard position + digits <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<position + digits] {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    position += digits
    return value
  }

  /// `YYYY-MM-DD`, where that day exists.
  mutating func readDate() -> CivilDate? {
    guard
      let year = readNumber(digits: 4), skip("-"),
      let month = readNumber(digits: 2), skip("-"),
      let day = readNumber(digits: 2),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    return date.components.day == day ? date : nil
  }
}

extension [UInt8] {
  /// Appends a number of zero or more in decimal, with zeros in front up to that many digits.
  mutating func appendPadded(_ value: Int, digits: Int) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }
}
