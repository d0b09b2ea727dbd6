package import PrepaperDomain

/// Builds longer bars from base bars: left-closed, left-labelled, anchored at each session's open.
///
/// - open is the first, high the highest, low the lowest, close the last, volume the sum in time's order
/// - `13:30 … 13:34` of M1 become `13:30` of M5; where `13:30` lacks, the bar still opens at 13:30
/// - a daily bar has the bars of a session, or with all hours of its whole local day, and carries the session's date
/// - a bar that is not over at `until` is left out (the forming bar)
package struct Resampler: Sendable {
  private let timeframe: Timeframe
  private let sessionMode: SessionMode
  private let anchors: [Anchor]

  /// A session with the local midnight before it, from which on its grid holds.
  private struct Anchor {
    let dayStart, dayEnd: UTCTimestamp
    let session: Session
  }

  /// A resampler on the grids of these sessions.
  package init(timeframe: Timeframe, sessionMode: SessionMode, schedule: SessionSchedule) {
    self.timeframe = timeframe
    self.sessionMode = sessionMode
    anchors = schedule.sessions.map { session in
      Anchor(
        dayStart: schedule.timeZone.instant(of: session.day, secondOfDay: 0),
        dayEnd: schedule.timeZone.instant(of: session.day.advanced(byDays: 1), secondOfDay: 0), session: session)
    }
  }

  /// The longer bars of a series, whose timeframe must divide the resampler's.
  package func resample(_ base: BarSeries, until: UTCTimestamp) -> BarSeries {
    var result = BarSeries(symbol: base.symbol, timeframe: timeframe)
    guard !anchors.isEmpty else { return result }
    var forming: Bar?
    var formingEnd = until
    var anchor = 0
    for index in 0..<base.count {
      let bar = base[index]
      while anchor + 1 < anchors.count, anchors[anchor + 1].dayStart <= bar.time { anchor += 1 }
      // A weekend's bars are of no session, so of no daily bar.
      if timeframe == .d1, bar.time >= anchors[anchor].dayEnd { continue }
      let start = bucketStart(of: bar.time, session: anchors[anchor].session)
      if let open = forming, open.time == start {
        forming = open.extended(by: bar)
      } else {
        if let forming, formingEnd <= until { result.append(forming) }
        forming = bar.moved(to: start)
        formingEnd = bucketEnd(from: start, anchors[anchor])
      }
    }
    if let forming, formingEnd <= until { result.append(forming) }
    return result
  }

  private func bucketStart(of time: UTCTimestamp, session: Session) -> UTCTimestamp {
    if timeframe == .d1 { return session.day.startUTC }
    let sinceOpen = time.microseconds - session.open.microseconds
    return UTCTimestamp(microseconds: time.microseconds - sinceOpen.flooredRemainder(by: timeframe.microseconds))
  }

  /// When the bar is over: at the session's close where that cuts it short.
  private func bucketEnd(from start: UTCTimestamp, _ anchor: Anchor) -> UTCTimestamp {
    if timeframe == .d1 { return sessionMode == .rth ? anchor.session.close : anchor.dayEnd }
    let end = UTCTimestamp(microseconds: start.microseconds + timeframe.microseconds)
    return sessionMode == .rth && anchor.session.hours.contains(start) ? min(end, anchor.session.close) : end
  }
}

extension Bar {
  fileprivate func moved(to time: UTCTimestamp) -> Bar {
    Bar(time: time, open: open, high: high, low: low, close: close, volume: volume)
  }

  fileprivate func extended(by next: Bar) -> Bar {
    Bar(
      time: time, open: open, high: max(high, next.high), low: min(low, next.low), close: next.close,
      volume: volume + next.volume)
  }
}
