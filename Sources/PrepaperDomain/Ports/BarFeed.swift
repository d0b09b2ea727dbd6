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
  /// - Throws: `RunError` with `bars_invalid`, `provider_unavailable` or `provider_rate_limited`.
  func bars(in span: TimeSpan) async throws -> FeedBars
}

extension BarFeed {
  package var settledUntil: UTCTimestamp? { nil }
}
