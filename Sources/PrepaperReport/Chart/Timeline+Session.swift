import PrepaperDomain

extension Timeline {
  /// A session with fewer slots than this has some bars of the one before on its left.
  private static let fewSlots = 48
  private static let contextBars = 8
  /// No day has more bars than this, whatever a series says.
  private static let mostSlots = 1500

  /// The axis of one local day: its session, and the bars in extended hours around it; nil where the day has no bar.
  init?(day: CivilDate, series: RunReport.Series, clock: LocalClock) {
    let bars = series.bars
    let step = bars.timeframe.microseconds
    let midnight = clock.zone.instant(of: day, secondOfDay: 0)
    let nextMidnight = clock.zone.instant(of: day.advanced(byDays: 1), secondOfDay: 0)
    let session = series.sessions.first { $0.day == day }
    let start = session.map { min($0.open, midnight) } ?? midnight
    let end = session.map { max($0.close, nextMidnight) } ?? nextMidnight
    let own = bars.indices(in: TimeSpan(from: start, to: end))
    guard let first = own.first, let last = own.last else { return nil }

    // The grid is anchored at the session's open, as the bars are.
    let anchor = session?.open ?? bars.time[first]
    let opens = min(anchor, bars.time[first]).microseconds
    let grid = anchor.microseconds + (opens - anchor.microseconds).flooredDivision(by: step) * step
    let close = max(session?.close.microseconds ?? grid, bars.time[last].microseconds + step)
    let count = min((close - grid + step - 1) / step, Int64(Self.mostSlots))

    let before = count < Self.fewSlots ? max(0, first - Self.contextBars)..<first : first..<first
    var slots = before.map { index in
      ChartSlot(
        span: TimeSpan(from: bars.time[index], to: bars.time[index] + bars.timeframe.duration), bar: bars[index],
        isExpected: false)
    }
    var next = first
    for number in 0..<count {
      let from = UTCTimestamp(microseconds: grid + number * step)
      var to = UTCTimestamp(microseconds: from.microseconds + step)
      // The close cuts the session's last bar.
      if let session, session.hours.contains(from) { to = min(to, session.close) }
      var bar: Bar?
      while next <= last, bars.time[next] < to {
        bar = bars[next]
        next += 1
      }
      // What is after the last bar of all is not lacking: it is not there yet.
      let isExpected = session?.hours.contains(from) ?? false && from < bars.time[bars.count - 1]
      slots.append(ChartSlot(span: TimeSpan(from: from, to: to), bar: bar, isExpected: isExpected))
    }
    self.init(slots: slots, context: before.count)
  }
}
