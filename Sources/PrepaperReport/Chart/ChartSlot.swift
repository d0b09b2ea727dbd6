import PrepaperDomain

/// A place on a chart's time axis: where a bar is, or would be.
struct ChartSlot: Sendable {
  /// From the open to the close; of a daily bar the session's hours.
  let span: TimeSpan
  /// The bar; nil where there is none.
  let bar: Bar?
  /// Whether the calendar has a session here, so that a bar which is not there is a hole.
  let isExpected: Bool
}
