package import PrepaperDomain

/// The New York Stock Exchange's regular sessions from 1993 to 2030.
///
/// - a session is 9:30 to 16:00 in New York, on a half day 9:30 to 13:00
/// - years that the exchange has not announced yet follow the rules in force today
/// - other changes to the hours of a single day are left out, as the `exchange_calendars` package leaves them out: the
///   opening at 12:00 on 2002-09-11, the hours from 11:00 to 14:00 in the snow of 1996-01-08, the halts of 1997-10-27
package struct XNYSCalendar: MarketCalendar {
  /// What the exchange does on a date.
  private enum DayKind: UInt8 {
    case closed, halfDay, fullDay
  }

  /// `XNYS`, the exchange's market identifier code.
  package let name = CalendarName.xnys.rawValue
  /// The year the rules were last read in, and a count within it.
  package let version = "XNYS-2026.1"
  /// New York.
  package let timeZone = MarketTimeZone.newYork
  /// From 1993-01-01 to 2030-12-31.
  package let range = CivilDate(year: 1993, month: 1, day: 1)...CivilDate(year: 2030, month: 12, day: 31)

  private static let open: Int64 = 9 * 3600 + 30 * 60
  private static let close: Int64 = 16 * 3600
  private static let halfDayClose: Int64 = 13 * 3600

  /// The kind of each day of the range, so that a lookup evaluates no rule.
  private let kinds: [DayKind]

  /// The calendar with its rules worked out for every day of the range.
  package init() {
    let first = range.lowerBound
    let dayCount = Int(range.upperBound.daysSinceEpoch - first.daysSinceEpoch) + 1
    var kinds = (0..<dayCount).map { offset -> DayKind in
      first.advanced(byDays: offset).weekday.isWeekend ? .closed : .fullDay
    }
    func mark(_ days: [CivilDate], as kind: DayKind) {
      for day in days { kinds[Int(day.daysSinceEpoch - first.daysSinceEpoch)] = kind }
    }
    let years = first.year...range.upperBound.year
    mark(Self.dates(of: Self.yearlyHalfDays, in: years), as: .halfDay)
    mark(Self.singleHalfDays, as: .halfDay)
    // Closures come last: a closed day is closed whatever else it might have been.
    mark(Self.dates(of: Self.yearlyHolidays, in: years), as: .closed)
    mark(Self.singleClosures, as: .closed)
    self.kinds = kinds
  }

  /// The session of that date, or nil where the exchange is closed or the date is outside 1993 to 2030.
  package func session(on day: CivilDate) -> Session? {
    guard range.contains(day) else { return nil }
    switch kinds[Int(day.daysSinceEpoch - range.lowerBound.daysSinceEpoch)] {
    case .closed: return nil
    case .halfDay: return session(on: day, closingAt: Self.halfDayClose)
    case .fullDay: return session(on: day, closingAt: Self.close)
    }
  }

  private static func dates(of rules: [YearlyDay], in years: ClosedRange<Int>) -> [CivilDate] {
    years.flatMap { year in rules.compactMap { $0.date(in: year) } }
  }

  private func session(on day: CivilDate, closingAt close: Int64) -> Session {
    let from = timeZone.instant(of: day, secondOfDay: Self.open)
    let to = timeZone.instant(of: day, secondOfDay: close)
    return Session(day: day, hours: TimeSpan(from: from, to: to))
  }
}
