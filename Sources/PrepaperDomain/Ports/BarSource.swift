/// A place that bars come from.
package protocol BarSource: Sendable {
  /// What kind of place it is, in words that are the same on every machine: `csv`, `synthetic`, `http`.
  var kind: String { get }
  /// How its prices are adjusted, as far as it says.
  var adjustment: String { get }
  /// Whether its bars are made up.
  var isSynthetic: Bool { get }

  /// Opens the bars of a symbol.
  ///
  /// - Throws: ``RunError`` with `symbol_unknown`, `bars_invalid` or `provider_unavailable`.
  func open(_ request: FeedRequest) async throws -> any BarFeed
}

/// Whose bars a source is asked for.
package struct FeedRequest: Sendable {
  /// The instrument.
  package let symbol: Symbol
  /// The timeframe that is wanted in the end.
  package let timeframe: Timeframe
  /// The timeframe to take, or nil for the best that builds `timeframe`.
  package let base: Timeframe?
  /// The market's days and hours; daily bars carry its dates.
  package let calendar: any MarketCalendar
  /// The time of day, for sources that go on having more.
  package let now: UTCTimestamp

  /// A request of these parts.
  package init(
    symbol: Symbol, timeframe: Timeframe, base: Timeframe?, calendar: any MarketCalendar, now: UTCTimestamp
  ) {
    self.symbol = symbol
    self.timeframe = timeframe
    self.base = base
    self.calendar = calendar
    self.now = now
  }
}

/// The bars of one symbol and timeframe at their source, checked bar by bar.
package protocol BarFeed: Sendable {
  /// The timeframe of the bars.
  var timeframe: Timeframe { get }
  /// Which times it has bars of.
  var coverage: BarCoverage { get }
  /// Until when the bars do not change any more; nil where they never do.
  var settledUntil: UTCTimestamp? { get }

  /// The bars whose timestamp lies in the span, of all hours; daily bars by their date at 00:00Z.
  ///
  /// - Throws: ``RunError`` with `bars_invalid`, `provider_unavailable` or `provider_rate_limited`.
  func bars(in span: TimeSpan) async throws -> FeedBars
}

extension BarFeed {
  package var settledUntil: UTCTimestamp? { nil }
}

/// Which times a source has bars of.
package enum BarCoverage: Hashable, Sendable {
  /// It makes bars for any time.
  case anyTime
  /// From the first bar's open to the last bar's end.
  case span(TimeSpan)
  /// Whatever there was until that instant; what there is shows only when it is asked for.
  case until(UTCTimestamp)
}

/// What a source has of a stretch of time.
package struct FeedBars: Sendable {
  /// The bars, checked by ``BarRules``, ascending.
  package var series: BarSeries
  /// Why there is more to come than these bars, where the source could give only part of them for now.
  ///
  /// Up to the last of them nothing lacks then.
  package var loading: String?
  /// Bars that came again with other numbers.
  package var revisions: [BarRevision]

  /// Bars with nothing more to come.
  package init(_ series: BarSeries, loading: String? = nil, revisions: [BarRevision] = []) {
    self.series = series
    self.loading = loading
    self.revisions = revisions
  }
}
