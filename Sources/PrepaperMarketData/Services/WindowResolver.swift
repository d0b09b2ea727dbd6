import PrepaperDomain

/// Turns what a user asks to evaluate into instants, and finds where the warm-up before it begins.
struct WindowResolver {
  let calendar: any MarketCalendar
  let sessionMode: SessionMode

  /// The window that is meant.
  ///
  /// - Parameters:
  ///   - coverage: what the source has, nil where it makes bars for any time.
  ///   - seenUntil: the end of the backtest's data: made-up bars begin to be unseen there.
  /// - Throws: `RunError` with `params_invalid`, or `symbol_unknown` where the source has no complete session.
  func window(
    _ request: WindowRequest, coverage: TimeSpan?, seenUntil: UTCTimestamp?
  ) throws(RunError) -> TimeSpan {
    switch request {
    case .lastSession:
      return hours(of: try lastSession(coverage: coverage, seenUntil: seenUntil))
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
    }
  }

  /// The open of the bar that lies that many calendar-expected bars before the window.
  ///
  /// - Throws: `RunError` with `params_invalid` where the calendar does not reach that far.
  func warmUpStart(before window: TimeSpan, bars: Int, timeframe: Timeframe) throws(RunError) -> UTCTimestamp {
    guard timeframe != .d1 else {
      throw RunError(.paramsInvalid, "daily bars need a strategy that decides on days; none is known")
    }
    guard bars > 0 else { return window.from }
    var missing = bars
    var day = calendar.timeZone.date(at: window.from)
    var session = calendar.session(on: day)
    while true {
      if let session {
        let before = barsBefore(window.from, in: session, timeframe)
        if before >= missing {
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

  /// How many of a session's bars open before an instant.
  private func barsBefore(_ instant: UTCTimestamp, in session: Session, _ timeframe: Timeframe) -> Int {
    let sinceOpen = instant.microseconds - session.open.microseconds
    guard sinceOpen > 0 else { return 0 }
    return min(
      session.barCount(timeframe), Int((sinceOpen + timeframe.microseconds - 1) / timeframe.microseconds))
  }

  private func lastSession(coverage: TimeSpan?, seenUntil: UTCTimestamp?) throws(RunError) -> Session {
    if let coverage {
      var day = calendar.timeZone.date(at: coverage.to)
      while let session = calendar.previousSession(before: day.advanced(byDays: 1)), session.open >= coverage.from {
        if session.close <= coverage.to { return session }
        day = session.day.advanced(byDays: -1)
      }
      throw RunError(
        .symbolUnknown,
        "the source has no complete session: its bars go from \(coverage.from) to \(coverage.to)")
    }
    // Made-up bars have no last session; the first that the backtest has not seen is the same at any time.
    let firstUnseen = seenUntil ?? CivilDate(year: 2025, month: 1, day: 2).startUTC
    var day = calendar.timeZone.date(at: firstUnseen).advanced(byDays: -1)
    while let session = calendar.nextSession(after: day) {
      if session.open >= firstUnseen { return session }
      day = session.day
    }
    throw RunError(.paramsInvalid, "the calendar \(calendar.name) has no session after \(firstUnseen)")
  }

  private func hours(of session: Session) -> TimeSpan {
    sessionMode == .rth ? session.hours : wholeDay(session.day)
  }

  private func wholeDay(_ day: CivilDate) -> TimeSpan {
    TimeSpan(
      from: calendar.timeZone.instant(of: day, secondOfDay: 0),
      to: calendar.timeZone.instant(of: day.advanced(byDays: 1), secondOfDay: 0))
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
