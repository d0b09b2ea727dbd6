/// One trading session: its date and the instants of its open and close.
package struct Session: Hashable, Sendable {
  /// The session's date in the market's zone.
  package let day: CivilDate
  /// From the open to the close; the last bar closes at the close.
  package let hours: TimeSpan

  /// A session on a date with its hours.
  package init(day: CivilDate, hours: TimeSpan) {
    self.day = day
    self.hours = hours
  }

  /// The instant of the open.
  package var open: UTCTimestamp { hours.from }
  /// The instant of the close.
  package var close: UTCTimestamp { hours.to }

  /// How many bars of a timeframe begin in the session; the last of them may be cut by the close.
  package func barCount(_ timeframe: Timeframe) -> Int {
    guard timeframe != .d1 else { return 1 }
    return Int((close.microseconds - open.microseconds + timeframe.microseconds - 1) / timeframe.microseconds)
  }
}

/// The sessions that a calendar has in some stretch of time, ascending, with the calendar's name and version.
package struct SessionSchedule: Hashable, Sendable {
  /// The calendar's name, `XNYS`.
  package let calendar: String
  /// The version of the calendar's rules and closures.
  package let version: String
  /// The market's zone.
  package let timeZone: MarketTimeZone
  /// The sessions, ascending by date.
  package let sessions: [Session]
  /// The session after the last of them, where the calendar knows it: orders for the next day need its hours.
  package let following: Session?

  /// A schedule of sessions, which must be ascending.
  package init(
    calendar: String, version: String, timeZone: MarketTimeZone, sessions: [Session], following: Session? = nil
  ) {
    self.calendar = calendar
    self.version = version
    self.timeZone = timeZone
    self.sessions = sessions
    self.following = following
  }
}

/// Which bars of a day a run sees.
package enum SessionMode: String, CaseIterable, Sendable {
  /// Regular trading hours: bars that open in a session of the calendar.
  case rth
  /// Every bar, extended hours included.
  case all
}

/// The calendars that prepaper brings along.
package enum CalendarName: String, CaseIterable, Sendable {
  /// The New York Stock Exchange.
  case xnys = "XNYS"
  /// A market that never closes; its days are those of UTC.
  case always = "24x7"

  /// The zone whose dates its sessions carry.
  package var timeZone: MarketTimeZone {
    switch self {
    case .xnys: .newYork
    case .always: .utc
    }
  }
}
