/// Bars of one symbol as their source has them, with what the calendar expects of them.
///
/// Nothing is judged yet.
package struct BarsResponse: Sendable {
  /// What the run evaluates.
  package let window: TimeSpan
  /// The window in the timestamps of the strategy's bars: dates at 00:00Z for daily ones, else the window itself.
  package let evaluated: TimeSpan
  /// From the first warm-up bar to the window's end, in the timestamps of the base bars.
  package let range: TimeSpan
  /// The bars in `range`, of the base timeframe and the session mode asked for.
  package let base: BarSeries
  /// The calendar's sessions that reach into `range`.
  package let schedule: SessionSchedule
  /// Where the bars come from.
  package let provenance: BarsProvenance
  /// Why more bars are to come than these, where they are.
  package let loading: String?
  /// Bars that came again with other numbers.
  package let revisions: [BarRevision]

  /// A response of these parts; without `evaluated` the window is in the bars' own timestamps.
  package init(
    window: TimeSpan, evaluated: TimeSpan? = nil, range: TimeSpan, base: BarSeries, schedule: SessionSchedule,
    provenance: BarsProvenance, loading: String? = nil, revisions: [BarRevision] = []
  ) {
    self.window = window
    self.evaluated = evaluated ?? window
    self.range = range
    self.base = base
    self.schedule = schedule
    self.provenance = provenance
    self.loading = loading
    self.revisions = revisions
  }
}
