/// A market's days and hours: which dates have a session, and when it opens and closes.
package protocol MarketCalendar: Sendable {
  /// The calendar's name, `XNYS`.
  var name: String { get }
  /// The version of the rules and closures, which changes whenever any session of the range does.
  var version: String { get }
  /// The zone whose dates the sessions carry.
  var timeZone: MarketTimeZone { get }
  /// The dates for which the calendar knows whether there is a session.
  var range: ClosedRange<CivilDate> { get }

  /// The session of that date, or nil where the market is closed or the date is outside the range.
  func session(on day: CivilDate) -> Session?
}

extension MarketCalendar {
  /// The sessions, ascending, whose hours or whose local day share time with the span.
  ///
  /// - a span from Tuesday 20:00 to Wednesday 10:00 local time has the sessions of both days
  /// - an empty span has none
  /// - dates outside the range have none, so a caller to whom that matters asks `range` first
  package func schedule(covering span: TimeSpan) -> SessionSchedule {
    let sessions = sessions(covering: span)
    return SessionSchedule(
      calendar: name, version: version, timeZone: timeZone, sessions: sessions,
      following: sessions.last.flatMap { nextSession(after: $0.day) })
  }

  /// The last session before that date, or nil where the calendar's range ends before one is found.
  ///
  /// Days that the calendar does not know are never skipped: long after the range there is no previous session.
  package func previousSession(before day: CivilDate) -> Session? {
    firstSession(from: day.advanced(byDays: -1), step: -1)
  }

  /// The first session after that date, or nil where the calendar's range ends before one is found.
  ///
  /// Days that the calendar does not know are never skipped: long before the range there is no next session.
  package func nextSession(after day: CivilDate) -> Session? {
    firstSession(from: day.advanced(byDays: 1), step: 1)
  }

  /// The last session that has closed by an instant, or nil where the calendar's range ends before one is found.
  package func lastSession(closedBy instant: UTCTimestamp) -> Session? {
    var day = timeZone.date(at: instant).advanced(byDays: 1)
    while let session = previousSession(before: day) {
      if session.close <= instant { return session }
      day = session.day
    }
    return nil
  }

  private func sessions(covering span: TimeSpan) -> [Session] {
    guard span.from < span.to else { return [] }
    let firstDay = timeZone.date(at: span.from)
    let lastDay = timeZone.date(at: span.to - .microseconds(1))
    // A market may open on the evening before its session's date or close on the morning after it.
    let first = max(firstDay.advanced(byDays: -1), range.lowerBound)
    let last = min(lastDay.advanced(byDays: 1), range.upperBound)
    var sessions: [Session] = []
    var day = first
    while day <= last {
      if let session = session(on: day) {
        let sharesDay = firstDay <= day && day <= lastDay
        let sharesHours = session.open < span.to && span.from < session.close
        if sharesDay || sharesHours { sessions.append(session) }
      }
      day = day.advanced(byDays: 1)
    }
    return sessions
  }

  private func firstSession(from start: CivilDate, step: Int) -> Session? {
    var day = start
    while range.contains(day) {
      if let session = session(on: day) { return session }
      day = day.advanced(byDays: step)
    }
    return nil
  }
}
