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
