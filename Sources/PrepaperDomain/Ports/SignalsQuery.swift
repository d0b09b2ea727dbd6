/// Which stored signals are wanted: those of one run, ordered by instant, symbol and key.
package struct SignalsQuery: Hashable, Sendable {
  /// The run.
  package let runID: RunID

  /// The signals of a run.
  package init(runID: RunID) {
    self.runID = runID
  }
}
