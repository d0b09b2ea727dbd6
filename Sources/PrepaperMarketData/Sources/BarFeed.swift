package import PrepaperDomain

/// The bars of one symbol and timeframe at their source, checked bar by bar.
package protocol BarFeed: Sendable {
  /// The timeframe of the bars.
  var timeframe: Timeframe { get }
  /// From the first bar's open to the last bar's end; nil where the source makes bars for any time.
  var coverage: TimeSpan? { get }

  /// The bars that open in the span, of all hours.
  func bars(in span: TimeSpan) async throws -> BarSeries
}
