import PrepaperDomain

/// How far a window and its warm-up go, in instants and in the dates that daily bars carry.
struct WindowReach: Hashable, Sendable {
  /// From the open of the first warm-up bar to the window's end.
  let instants: TimeSpan
  /// How many bars the calendar expects before the window.
  let warmUpBars: Int
  /// From the first warm-up session's date to the day after the last session that is over by the window's end.
  let dates: TimeSpan
  /// The dates of the window's sessions that are over by its end.
  let evaluatedDates: TimeSpan
  /// The sessions that `instants` reaches into.
  let schedule: SessionSchedule
}

/// Turns what a user asks to evaluate into instants, and finds where the warm-up before it begins.
struct WindowResolver {
  let calendar: any MarketCalendar
  let sessionMode: SessionMode
  /// Of the bars that the strategy decides on.
  let timeframe: Timeframe

  /// The window that is meant.
  ///
  /// - Throws: `RunError` with `params_invalid`, or `symbol_unknown` where the source has no complete session.
  func window(_ query: WindowQuery, coverage: BarCoverage) throws(RunError) -> TimeSpan {
    switch query.window {
    case .lastSession:
      return hours(of: try lastSession(query, coverage))
    case .day(let day):
      try checkRange(day)
      if let session = calendar.session(on: day) { return hours(of: session) }
      return wholeDay(day)
    case .span(let from, let to):
      let span = (instant(from), instant(to))
      guard span.0 < span.1 else { throw RunError(.paramsInvalid, "--from \(from) is not before --to \(to)") }
      try checkRange(calendar.timeZone.date(at: span.0))
      try checkRange(calendar.timeZone.date(at: span.1 - .microseconds(1)))
      return TimeSpan(from: span.0, to: span.1)
    case .asOf(let moment):
      let instant: UTCTimestamp = if case .instant(let instant) = moment { instant } else { query.now }
      try checkRange(calendar.timeZone.date(at: instant))
      return try untilLastBar(at: coverage.end.map { min($0, instant) } ?? instant)
    }
  }

  /// How far the window and the calendar-expected bars before it go.
  ///
  /// - Throws: `RunError` with `params_invalid` where the calendar does not reach that far.
  func reach(of window: TimeSpan, warmUp: WarmUp) throws(RunError) -> WindowReach {
    var bars = warmUp.bars
    if let since = warmUp.since, since < window.from {
      bars = max(bars, expectedBars(from: since, to: window.from) + warmUp.barsBeforeSince)
    }
    let start = try warmUpStart(before: window, bars: bars)
    let instants = TimeSpan(from: start, to: window.to)
    let schedule = calendar.schedule(covering: instants)
    let over = schedule.sessions.filter { $0.open >= start && $0.close <= window.to }
    return WindowReach(
      instants: instants, warmUpBars: bars, dates: dates(of: over),
      evaluatedDates: dates(of: over.filter { window.contains($0.open) }),
      schedule: schedule)
  }

  /// How many bars the calendar expects to open in a stretch of time.
  private func expectedBars(from start: UTCTimestamp, to end: UTCTimestamp) -> Int {
    calendar.schedule(covering: TimeSpan(from: start, to: end)).sessions
      .reduce(0) { $0 + barsBefore(end, in: $1) - barsBefore(start, in: $1) }
  }

  /// The open of the bar that lies that many calendar-expected bars before the window.
  private func warmUpStart(before window: TimeSpan, bars: Int) throws(RunError) -> UTCTimestamp {
    guard bars > 0 else { return window.from }
    var missing = bars
    var day = calendar.timeZone.date(at: window.from)
    var session = calendar.session(on: day)
    while true {
      if let session {
        let before = barsBefore(window.from, in: session)
        if before >= missing {
          if timeframe == .d1 { return hours(of: session).from }
          return UTCTimestamp(
            microseconds: session.open.microseconds + Int64(before - missing) * timeframe.microseconds)
        }
        missing -= before
        day = session.day
      }
      session = calendar.previousSession(before: day)
      guard session != nil else {
        throw RunError(
          .paramsInvalid,
          "the calendar \(calendar.name) begins at \(calendar.range.lowerBound), too late for \(bars) bars of warm-up")
      }
    }
  }

  /// How many of a session's bars open before an instant; a daily bar opens with its session.
  private func barsBefore(_ instant: UTCTimestamp, in session: Session) -> Int {
    let sinceOpen = instant.microseconds - session.open.microseconds
    guard sinceOpen > 0 else { return 0 }
    return min(
      session.barCount(timeframe), Int((sinceOpen + timeframe.microseconds - 1) / timeframe.microseconds))
  }

  /// The last session that is over and whose bars do not change any more, whenever it was last traded in.
  private func lastSession(_ query: WindowQuery, _ coverage: BarCoverage) throws(RunError) -> Session {
    if let end = coverage.end {
      let start = coverage.start
      if let session = lastSession(query, until: end, isKnown: start != nil),
        start.map({ session.open >= $0 }) ?? true
      {
        return session
      }
      throw RunError(
        .symbolUnknown,
        "the source has no complete session: its bars go from \(start.map(\.description) ?? "the beginning") to \(end)")
    }
    // Made-up bars have no last session; the first that the backtest has not seen is the same at any time.
    let firstUnseen = query.seenUntil ?? CivilDate(year: 2025, month: 1, day: 2).startUTC
    var day = calendar.timeZone.date(at: firstUnseen).advanced(byDays: -1)
    while let session = calendar.nextSession(after: day) {
      if session.open >= firstUnseen { return session }
      day = session.day
    }
    throw RunError(.paramsInvalid, "the calendar \(calendar.name) has no session after \(firstUnseen)")
  }

  /// - Parameter isKnown: whether the source's bars are known to end there; else they are settled until then.
  private func lastSession(_ query: WindowQuery, until end: UTCTimestamp, isKnown: Bool) -> Session? {
    guard isKnown else { return calendar.lastSession(closedBy: end) }
    var session = calendar.lastSession(closedBy: query.now)
    while let found = session, found.open >= end { session = calendar.previousSession(before: found.day) }
    return session
  }

  /// From the open of the last session that has a complete bar at that instant to the end of that bar.
  private func untilLastBar(at instant: UTCTimestamp) throws(RunError) -> TimeSpan {
    var day = calendar.timeZone.date(at: instant).advanced(byDays: 1)
    while let session = calendar.previousSession(before: day.advanced(byDays: 1)) {
      if session.close <= instant { return hours(of: session) }
      let sinceOpen = instant.microseconds - session.open.microseconds
      if timeframe != .d1, sinceOpen >= timeframe.microseconds {
        let complete = sinceOpen - sinceOpen.flooredRemainder(by: timeframe.microseconds)
        return TimeSpan(
          from: hours(of: session).from, to: UTCTimestamp(microseconds: session.open.microseconds + complete))
      }
      day = session.day.advanced(byDays: -1)
    }
    throw RunError(.paramsInvalid, "the calendar \(calendar.name) has no complete bar before \(instant)")
  }

  private func hours(of session: Session) -> TimeSpan {
    sessionMode == .rth ? session.hours : wholeDay(session.day)
  }

  private func wholeDay(_ day: CivilDate) -> TimeSpan {
    TimeSpan(
      from: calendar.timeZone.instant(of: day, secondOfDay: 0),
      to: calendar.timeZone.instant(of: day.advanced(byDays: 1), secondOfDay: 0))
  }

  private func dates(of sessions: [Session]) -> TimeSpan {
    guard let first = sessions.first, let last = sessions.last else {
      let none = UTCTimestamp(seconds: 0)
      return TimeSpan(from: none, to: none)
    }
    return TimeSpan(from: first.day.startUTC, to: last.day.advanced(byDays: 1).startUTC)
  }

  private func instant(_ bound: WindowBound) -> UTCTimestamp {
    switch bound {
    case .day(let day): calendar.timeZone.instant(of: day, secondOfDay: 0)
    case .instant(let instant): instant
    }
  }

  private func checkRange(_ day: CivilDate) throws(RunError) {
    guard calendar.range.contains(day) else {
      throw RunError(
        .paramsInvalid,
        "\(day) is outside the calendar \(calendar.name), which goes from \(calendar.range.lowerBound) to "
          + "\(calendar.range.upperBound)")
    }
  }
}

extension BarCoverage {
  /// Where the bars begin, where that is known.
  fileprivate var start: UTCTimestamp? {
    if case .span(let span) = self { span.from } else { nil }
  }

  /// Where the bars end, where they do.
  fileprivate var end: UTCTimestamp? {
    switch self {
    case .anyTime: nil
    case .span(let span): span.to
    case .until(let instant): instant
    }
  }
}
