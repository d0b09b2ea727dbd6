package import PrepaperDomain

/// The calendars by their names, worked out once.
package struct MarketCalendars: Sendable {
  private let xnys = XNYSCalendar()
  private let always = AlwaysOpenCalendar()

  /// All of them.
  package init() {}

  /// The calendar of a name.
  package subscript(name: CalendarName) -> any MarketCalendar {
    switch name {
    case .xnys: xnys
    case .always: always
    }
  }
}

/// A market that never closes: a session from midnight to midnight UTC on every day from 1993 to 2030.
package struct AlwaysOpenCalendar: MarketCalendar {
  /// `24x7`.
  package let name = CalendarName.always.rawValue
  /// The only version there is to this rule.
  package let version = "24x7-1"
  /// UTC.
  package let timeZone = MarketTimeZone.utc
  /// From 1993-01-01 to 2030-12-31, as far as XNYS goes.
  package let range = CivilDate(year: 1993, month: 1, day: 1)...CivilDate(year: 2030, month: 12, day: 31)

  /// The calendar.
  package init() {}

  /// The whole of that date, or nil outside 1993 to 2030.
  package func session(on day: CivilDate) -> Session? {
    guard range.contains(day) else { return nil }
    return Session(day: day, hours: TimeSpan(from: day.startUTC, to: day.advanced(byDays: 1).startUTC))
  }
}
