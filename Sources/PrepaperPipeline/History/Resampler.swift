package import PrepaperDomain

/// Builds longer bars from base bars: left-closed, left-labelled, anchored at each session's open.
///
/// - open is the first, high the highest, low the lowest, close the last, volume the sum in time's order
/// - `13:30 … 13:34` of M1 become `13:30` of M5; where `13:30` lacks, the bar still opens at 13:30
/// - a daily bar has the bars of its local day up to the session's close, which is when a decision on it is made, and
///   carries the session's date; with regular hours these are the session's. What is traded after the close is in none
/// - a bar that is not over at `until` is left out (the forming bar)
package struct Resampler: BarResampling {
  private let timeframe: Timeframe
  private let sessionMode: SessionMode
  private let sessions: [Session]
  private let closes: BarCloses
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
    sessions = schedule.sessions
    closes = BarCloses(timeframe, sessionMode, sessions: sessions)
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
    let baseCloses = timeframe == .d1 ? BarCloses(base.timeframe, sessionMode, sessions: sessions) : closes
    var forming: Bar?
    var formingEnd = until
    var anchor = base.time.first.map(anchorIndex) ?? 0
    for index in 0..<base.count {
      let bar = base[index]
      while anchor + 1 < anchors.count, anchors[anchor + 1].dayStart <= bar.time { anchor += 1 }
      if timeframe == .d1, !isOfDay(bar.time, anchors[anchor], baseCloses) { continue }
      let start = bucketStart(of: bar.time, session: anchors[anchor].session)
      if let open = forming, open.time == start {
        forming = open.extended(by: bar)
      } else {
        if let forming, formingEnd <= until { result.append(forming) }
        forming = bar.moved(to: start)
        formingEnd = closes.close(ofBarOpening: start)
      }
    }
    if let forming, formingEnd <= until { result.append(forming) }
    return result
  }

  /// The last session whose day has begun at an instant, else the first; by bisection.
  private func anchorIndex(of time: UTCTimestamp) -> Int {
    var (low, high) = (0, anchors.count)
    while low < high {
      let middle = (low + high) / 2
      if anchors[middle].dayStart <= time { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// Whether a base bar is of a session's daily bar: a weekend's is of none, nor is one that is over after the close.
  private func isOfDay(_ time: UTCTimestamp, _ anchor: Anchor, _ baseCloses: BarCloses) -> Bool {
    time < anchor.dayEnd && baseCloses.close(ofBarOpening: time) <= anchor.session.close
  }

  private func bucketStart(of time: UTCTimestamp, session: Session) -> UTCTimestamp {
    if timeframe == .d1 { return session.day.startUTC }
    let sinceOpen = time.microseconds - session.open.microseconds
    return UTCTimestamp(microseconds: time.microseconds - sinceOpen.flooredRemainder(by: timeframe.microseconds))
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
