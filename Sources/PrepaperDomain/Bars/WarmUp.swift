/// How many bars there must be before a window, as the calendar expects them.
package struct WarmUp: Hashable, Sendable {
  /// At least so many.
  package let bars: Int
  /// All from this instant on, where that is sooner, and before it so many more.
  package let since: UTCTimestamp?
  package let barsBeforeSince: Int

  /// A warm-up of so many bars, or of more where an instant before the window must be seen.
  package init(bars: Int, since: UTCTimestamp? = nil, barsBeforeSince: Int = 0) {
    self.bars = bars
    self.since = since
    self.barsBeforeSince = barsBeforeSince
  }

  /// The same with at least so many bars.
  package func atLeast(_ bars: Int) -> WarmUp {
    WarmUp(bars: max(bars, self.bars), since: since, barsBeforeSince: barsBeforeSince)
  }
}
