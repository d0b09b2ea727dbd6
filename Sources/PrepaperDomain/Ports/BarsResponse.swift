/// Bars as their source has them, with what the calendar expects of them.
///
/// Nothing is judged yet.
package struct BarsResponse: Sendable {
  /// What the run evaluates.
  package let window: TimeSpan
  /// From the open of the first warm-up bar to the window's end.
  package let range: TimeSpan
  /// The bars that open in `range`, of the base timeframe and the session mode asked for.
  package let base: BarSeries
  /// The calendar's sessions that reach into `range`.
  package let schedule: SessionSchedule
  /// Where the bars come from.
  package let provenance: BarsProvenance

  /// A response of these parts.
  package init(
    window: TimeSpan, range: TimeSpan, base: BarSeries, schedule: SessionSchedule, provenance: BarsProvenance
  ) {
    self.window = window
    self.range = range
    self.base = base
    self.schedule = schedule
    self.provenance = provenance
  }
}
