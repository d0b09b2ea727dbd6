extension UTCTimestamp: CustomStringConvertible {
  /// The instant with the zone `+00:00`, as plans and signals have it: `2025-01-01T10:30:00+00:00`.
  ///
  /// Six digits of microseconds follow the seconds only where they are not zero.
  package var iso8601: String { text(zone: "+00:00", fractionDigits: 6) }

  /// The instant with the zone `Z`, as bars and command output have it: `2025-01-01T10:30:00Z`.
  ///
  /// Three digits of milliseconds follow the seconds only where they are not zero.
  package var rfc3339: String { text(zone: "Z", fractionDigits: 3) }

  /// The same as `rfc3339`.
  package var description: String { rfc3339 }

  /// The instant from RFC 3339 text, or nil where the text is anything else.
  ///
  /// - a zone is needed: `Z`, `z` or an offset like `-04:00`; `2025-01-01T10:30:00` alone is nil
  /// - `T`, `t` or one space may stand between date and time
  /// - seconds may be left out; a fraction has 1 to 9 digits and is cut to microseconds
  /// - second 60 is nil: bars know no leap second
  /// - an offset that leads out of the years 0000 to 9999 is nil: such an instant has no text of this form
  package init?(rfc3339 text: String) {
    var bytes = ByteReader(text)
    guard
      let date = bytes.readDate(),
      bytes.skip("T") || bytes.skip("t") || bytes.skip(" "),
      let hour = bytes.readNumber(digits: 2), hour < 24, bytes.skip(":"),
      let minute = bytes.readNumber(digits: 2), minute < 60
    else { return nil }
    var second = 0
    var fraction = 0
    if bytes.skip(":") {
      guard let read = bytes.readNumber(digits: 2), read < 60 else { return nil }
      second = read
      if bytes.skip(".") {
        guard let read = bytes.readFraction() else { return nil }
        fraction = read
      }
    }
    guard let offset = bytes.readZone(), bytes.isAtEnd else { return nil }
    let ofDay = Int64(hour * 3600 + minute * 60 + second - offset)
    let seconds = date.daysSinceEpoch * 86_400 + ofDay
    guard Self.secondsOfFourDigitYears.contains(seconds) else { return nil }
    microseconds = seconds * 1_000_000 + Int64(fraction)
  }

  /// From 0000-01-01T00:00:00Z up to 10000-01-01T00:00:00Z.
  private static let secondsOfFourDigitYears: Range<Int64> = -62_167_219_200..<253_402_300_800

  /// The UTC date that the instant falls on.
  package var utcDate: CivilDate {
    CivilDate(daysSinceEpoch: microseconds.flooredDivision(by: 86_400_000_000))
  }

  /// Appends the bytes of `rfc3339`.
  package func appendRFC3339(to bytes: inout [UInt8]) { append(zone: "Z", fractionDigits: 3, to: &bytes) }

  private func text(zone: String, fractionDigits: Int) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    append(zone: zone, fractionDigits: fractionDigits, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func append(zone: String, fractionDigits: Int, to bytes: inout [UInt8]) {
    utcDate.appendISO(to: &bytes)
    let ofDay = Int(microseconds.flooredRemainder(by: 86_400_000_000))
    bytes.append(UInt8(ascii: "T"))
    bytes.appendPadded(ofDay / 3_600_000_000, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendPadded(ofDay / 60_000_000 % 60, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendPadded(ofDay / 1_000_000 % 60, digits: 2)
    let fraction = fractionDigits == 6 ? ofDay % 1_000_000 : ofDay % 1_000_000 / 1000
    if fraction != 0 {
      bytes.append(UInt8(ascii: "."))
      bytes.appendPadded(fraction, digits: fractionDigits)
    }
    bytes.append(contentsOf: zone.utf8)
  }
}

extension ByteReader {
  /// 1 to 9 digits of a second's fraction, as whole microseconds.
  fileprivate mutating func readFraction() -> Int? {
    var value = 0
    var digits = 0
    while digits < 9, let digit = readNumber(digits: 1) {
      digits += 1
      if digits <= 6 { value = value * 10 + digit }
    }
    guard digits > 0 else { return nil }
    for _ in min(digits, 6)..<6 { value *= 10 }
    return value
  }

  /// `Z` or an offset, in seconds east of UTC.
  fileprivate mutating func readZone() -> Int? {
    if skip("Z") || skip("z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard
      sign != 0,
      let hours = readNumber(digits: 2), hours < 24, skip(":"),
      let minutes = readNumber(digits: 2), minutes < 60
    else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
