/// What the history gate found: how many base bars the calendar expects, how many there are, and where they lack.
package struct HistoryReport: Hashable, Sendable {
  /// The gate's verdict.
  package enum Status: String, CaseIterable, Sendable {
    /// Every expected bar is there, or what lacks is within the tolerance.
    case sufficient = "SUFFICIENT"
    /// The source says that more is coming: the run comes back later.
    case loading = "LOADING"
    /// Anything else: the strategy does not run.
    case degraded = "DEGRADED"
  }

  /// The verdict.
  package let status: Status
  /// Base bars that the calendar expects from the first warm-up bar to the window's end.
  package let expectedBars: Int
  /// How many of them there are.
  package let presentBars: Int
  /// Where they lack, ascending.
  package let holes: [Hole]
  /// Why the verdict is not SUFFICIENT, with numbers.
  package let reason: String?

  /// A report of these parts.
  package init(status: Status, expectedBars: Int, presentBars: Int, holes: [Hole], reason: String?) {
    self.status = status
    self.expectedBars = expectedBars
    self.presentBars = presentBars
    self.holes = holes
    self.reason = reason
  }
}
