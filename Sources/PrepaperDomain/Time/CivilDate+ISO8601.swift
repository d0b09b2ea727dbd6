extension CivilDate: CustomStringConvertible {
  /// The date as `2013-10-04`; beyond the years 0 to 9999 as `-0044-03-15` or `+010000-01-01`.
  package var description: String {
    var bytes: [UInt8] = []
    appendISO(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The date from exactly `YYYY-MM-DD`, or nil where the text is anything else or names no such day.
  ///
  /// - `2013-10-04` is the fourth of October
  /// - `2013-2-4`, `20131004` and `2013-02-30` are nil
  package init?(iso text: String) {
    var bytes = ByteReader(text)
    guard let date = bytes.readDate(), bytes.isAtEnd else { return nil }
    self = date
  }

  /// Appends the ASCII bytes of `YYYY-MM-DD`, ten of them in the years 0 to 9999.
  func appendISO(to bytes: inout [UInt8]) {
    let (year, month, day) = components
    // The expanded form of ISO 8601: messages show what was asked for, however far it is from any calendar.
    if year < 0 { bytes.append(UInt8(ascii: "-")) }
    if year > 9999 { bytes.append(UInt8(ascii: "+")) }
    bytes.appendPadded(abs(year), digits: abs(year) > 9999 ? 6 : 4)
    bytes.append(UInt8(ascii: "-"))
    bytes.appendPadded(month, digits: 2)
    bytes.append(UInt8(ascii: "-"))
    bytes.appendPadded(day, digits: 2)
  }
}
