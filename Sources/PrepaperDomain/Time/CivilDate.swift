/// A date of the Gregorian calendar without a time or a zone: a session's date, a local day.
package struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package let daysSinceEpoch: Int64

  /// The date that many days after 1970-01-01.
  package init(daysSinceEpoch: Int64) {
    self.daysSinceEpoch = daysSinceEpoch
  }

  /// The date with this year, month (1 to 12) and day (1 to 31); a day past the month's end runs into the next month.
  ///
  /// Days-from-civil as published by Howard Hinnant: exact over the whole proleptic Gregorian calendar.
  package init(year: Int, month: Int, day: Int) {
    let shifted = Int64(month <= 2 ? year - 1 : year)
    let era = shifted.flooredDivision(by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    daysSinceEpoch = era * 146_097 + dayOfEra - 719_468
  }

  /// The date as year, month (1 to 12) and day (1 to 31).
  package var components: (year: Int, month: Int, day: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = shifted.flooredDivision(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (Int(year), Int(month), Int(day))
  }

  /// The year alone.
  package var year: Int { components.year }

  /// The day of the week.
  package var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    Weekday.allCases[Int((daysSinceEpoch + 3).flooredRemainder(by: 7))]
  }

  /// The date that many days later, or earlier where the number is negative.
  package func advanced(byDays days: Int) -> CivilDate {
    CivilDate(daysSinceEpoch: daysSinceEpoch + Int64(days))
  }

  /// Midnight UTC at the start of the date: the label of a daily bar.
  package var startUTC: UTCTimestamp { UTCTimestamp(seconds: daysSinceEpoch * 86_400) }

  /// Earlier is less.
  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }
}

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

/// A day of the week, Monday first as in ISO 8601.
package enum Weekday: Int, CaseIterable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// Saturday or Sunday.
  package var isWeekend: Bool { self == .saturday || self == .sunday }
}
