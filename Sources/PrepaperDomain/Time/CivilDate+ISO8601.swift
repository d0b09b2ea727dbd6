extension CivilDate: CustomStringConvertible {
  /// The date as `2013-10-04`.
  package var description: String {
    String(decoding: isoBytes, as: UTF8.self)
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

  /// The ten ASCII bytes of `YYYY-MM-DD`.
  var isoBytes: [UInt8] {
    let (year, month, day) = components
    var bytes: [UInt8] = []
    bytes.reserveCapacity(10)
    bytes.appendPadded(year, digits: 4)
    bytes.append(UInt8(ascii: "-"))
    bytes.appendPadded(month, digits: 2)
    bytes.append(UInt8(ascii: "-"))
    bytes.appendPadded(day, digits: 2)
    return bytes
  }
}
