import PrepaperDomain

/// A feed whose bars are all in memory.
struct LoadedBarFeed: BarFeed {
  private let series: BarSeries

  init(_ series: BarSeries) {
    self.series = series
  }

  var timeframe: Timeframe { series.timeframe }

  var coverage: BarCoverage {
    guard let first = series.time.first, let last = series.time.last else {
      return .span(TimeSpan(from: UTCTimestamp(seconds: 0), to: UTCTimestamp(seconds: 0)))
    }
    return .span(TimeSpan(from: first, to: last + series.timeframe.duration))
  }

  func bars(in span: TimeSpan) -> FeedBars { FeedBars(series.slice(series.indices(in: span))) }
}
