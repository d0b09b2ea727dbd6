package import PrepaperDomain

/// Made-up bars for any symbol and time: the same everywhere and always, and never to be taken for real ones.
package struct SyntheticBarSource: BarSource {
  /// The source.
  package init() {}

  package var kind: String { "synthetic" }
  package var adjustment: String { "none" }
  package var isSynthetic: Bool { true }

  package func open(_ request: FeedRequest) -> any BarFeed {
    let base = request.base ?? (request.timeframe == .d1 ? .d1 : .m1)
    return SyntheticBarFeed(
      calendar: request.calendar, generator: SyntheticBarGenerator(symbol: request.symbol, timeframe: base))
  }
}

/// The made-up bars of one symbol.
private struct SyntheticBarFeed: BarFeed {
  let calendar: any MarketCalendar
  let generator: SyntheticBarGenerator

  var timeframe: Timeframe { generator.timeframe }
  var coverage: BarCoverage { .anyTime }

  func bars(in span: TimeSpan) -> FeedBars {
    var series = BarSeries(symbol: generator.symbol, timeframe: timeframe)
    // A daily bar's label may lie on the evening before its session's day, as the market's clocks go.
    let reach = timeframe == .d1 ? TimeSpan(from: span.from, to: span.to + timeframe.duration) : span
    for session in calendar.schedule(covering: reach).sessions {
      for bar in generator.bars(of: session) where span.contains(bar.time) { series.append(bar) }
    }
    return FeedBars(series)
  }
}

/// Makes the bars of a session from (symbol, timeframe, day) alone, in whole cents, so that every machine makes the
/// same: no function is used whose last digit differs between libraries.
///
/// The price goes from the day's level to the next day's on a random walk; the levels wander over the days.
struct SyntheticBarGenerator: Sendable {
  let symbol: Symbol
  let timeframe: Timeframe

  func bars(of session: Session) -> [Bar] {
    let count = session.barCount(timeframe)
    var random = SeededGenerator(seed: "\(symbol)|\(timeframe.rawValue)|\(session.day)")
    let start = level(on: session.day)
    let end = level(on: session.day.advanced(byDays: 1))
    let first = timeframe == .d1 ? session.day.startUTC : session.open
    let step = max(2, start * Int64(timeframe.minutes) / 2500)
    var walk: [Int64] = [0]
    for _ in 0..<count { walk.append(walk[walk.count - 1] + random.next(in: -step...step)) }
    let drift = end - start - walk[count]
    var bars: [Bar] = []
    bars.reserveCapacity(count)
    for index in 0..<count {
      let open = price(start + walk[index] + drift * Int64(index) / Int64(count))
      let close = price(start + walk[index + 1] + drift * Int64(index + 1) / Int64(count))
      let high = max(open, close) + random.next(in: 0...max(1, step / 3))
      let low = price(min(open, close) - random.next(in: 0...max(1, step / 3)))
      bars.append(
        Bar(
          time: UTCTimestamp(microseconds: first.microseconds + Int64(index) * timeframe.microseconds),
          open: Double(open) / 100, high: Double(high) / 100, low: Double(low) / 100, close: Double(close) / 100,
          volume: Double(random.next(in: 10...500) * 100 * Int64(timeframe.minutes))))
    }
    return bars
  }

  /// Where the day begins, in cents: the symbol's own price, moved by waves of 64, 16 and 4 days.
  private func level(on day: CivilDate) -> Int64 {
    var own = SeededGenerator(seed: "\(symbol)")
    let base = own.next(in: 2_000...30_000)
    var perMille: Int64 = 0
    for (length, most) in [(Int64(64), Int64(120)), (16, 60), (4, 30)] {
      let wave = day.daysSinceEpoch.flooredDivision(by: length)
      let into = day.daysSinceEpoch - wave * length
      let (left, right) = (height(of: wave, length, most), height(of: wave + 1, length, most))
      perMille += left + (right - left) * into / length
    }
    return base + base * perMille / 1000
  }

  private func height(of wave: Int64, _ length: Int64, _ most: Int64) -> Int64 {
    var random = SeededGenerator(seed: "\(symbol)|\(length)|\(wave)")
    return random.next(in: -most...most)
  }

  /// A price of a dollar or more.
  private func price(_ cents: Int64) -> Int64 { max(100, cents) }
}
