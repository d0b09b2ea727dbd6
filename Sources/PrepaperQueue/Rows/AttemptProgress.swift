/// How far an attempt has come.
package struct AttemptProgress: Hashable, Sendable {
  /// The process that runs it.
  package var processID: Int32?
  /// The stage that it is in.
  package var stage: String?
  /// Bars that it is done with, and of how many.
  package var barsDone, barsTotal: Int?

  /// Progress of these parts.
  package init(processID: Int32? = nil, stage: String? = nil, barsDone: Int? = nil, barsTotal: Int? = nil) {
    self.processID = processID
    self.stage = stage
    self.barsDone = barsDone
    self.barsTotal = barsTotal
  }
}
