package import PrepaperDomain

/// Made-up bars for any symbol and time: the same everywhere and always, and never to be taken for real ones.
package struct SyntheticBarSource: BarSource {
  private let calendar: any MarketCalendar

  /// Bars in the sessions of a calendar.
  package init(calendar: any MarketCalendar) {
    self.calendar = calendar
  }

  package var kind: String { "synthetic" }
  package var adjustment: String { "none" }
  package var isSynthetic: Bool { true }

  package func open(_ symbol: Symbol, timeframe: Timeframe, base: Timeframe?) -> any BarFeed {
    SyntheticBarFeed(calendar: calendar, generator: SyntheticBarGenerator(symbol: symbol, timeframe: base ?? .m1))
  }
}

/// The made-up bars of one symbol.
private struct SyntheticBarFeed: BarFeed {
  let calendar: any MarketCalendar
  let generator: SyntheticBarGenerator

  var timeframe: Timeframe { generator.timeframe }
  var coverage: TimeSpan? { nil }

  func bars(in span: TimeSpan) -> BarSeries {
    var series = BarSeries(symbol: generator.symbol, timeframe: timeframe)
    // A daily bar's label may lie on the evening before its session's day, as the market's clocks go.
    let reach = timeframe == .d1 ? TimeSpan(from: span.from, to: span.to + timeframe.duration) : span
    for session in calendar.schedule(covering: reach).sessions {
      for bar in generator.bars(of: session) where span.contains(bar.time) { series.append(bar) }
    }
    return series
  }
}
