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
