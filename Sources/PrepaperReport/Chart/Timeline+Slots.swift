import PrepaperDomain

extension Timeline {
  private static let daysBefore = 26
  private static let daysAfter = 8

  /// The axis of daily bars around some orders: a slot for each session; nil where there is no bar.
  init?(orders: [PlannedOrder], series: RunReport.Series, facts: RunFacts) {
    let times = orders.compactMap(\.time)
    guard let first = times.min().map(facts.decisionDay), let last = times.max().map(facts.decisionDay) else {
      return nil
    }
    let days = Self.days(of: series)
    let from = max(0, (days.firstIndex { $0.day >= first } ?? days.count) - Self.daysBefore)
    let to = min(days.count, (days.firstIndex { $0.day > last } ?? days.count) + Self.daysAfter)
    guard from < to else { return nil }

    let bars = series.bars
    let range = bars.isEmpty ? nil : bars.time[0]...bars.time[bars.count - 1]
    var slots = days[from..<to].map { session in
      let index = bars.firstIndex(atOrAfter: session.day.startUTC)
      let isThere = index < bars.count && bars.time[index] == session.day.startUTC
      return ChartSlot(
        span: session.hours, bar: isThere ? bars[index] : nil,
        isExpected: range?.contains(session.day.startUTC) ?? false)
    }
    guard slots.contains(where: { $0.bar != nil }) else { return nil }
    // The last order is for a session that the series may not reach.
    if let ahead = orders.compactMap(\.validity).max(by: { $0.from < $1.from }), let end = slots.last?.span.to,
      end <= ahead.from
    {
      slots.append(ChartSlot(span: ahead, bar: nil, isExpected: false))
    }
    self.init(slots: slots, context: 0)
  }

  /// The sessions; where there are none, the days of the bars.
  private static func days(of series: RunReport.Series) -> [Session] {
    guard series.sessions.isEmpty else { return series.sessions }
    return series.bars.time.map { time in
      Session(day: time.utcDate, hours: TimeSpan(from: time, to: time + Timeframe.d1.duration))
    }
  }
}

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
