/// Which times a source has bars of.
package enum BarCoverage: Hashable, Sendable {
  /// It makes bars for any time.
  case anyTime
  /// From the first bar's open to the last bar's end.
  case span(TimeSpan)
  /// Whatever there was until that instant; what there is shows only when it is asked for.
  case until(UTCTimestamp)
}
