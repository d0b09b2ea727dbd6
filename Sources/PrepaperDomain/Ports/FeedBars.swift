/// What a source has of a stretch of time.
package struct FeedBars: Sendable {
  /// The bars, checked by `BarRules`, ascending.
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
