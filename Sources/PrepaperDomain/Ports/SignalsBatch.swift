/// All signals of a run, to be written together or not at all.
package struct SignalsBatch: Sendable {
  /// The run.
  package let runID: RunID
  /// The instant that new rows carry as `created_at`.
  package let createdAt: UTCTimestamp
  /// The signals.
  package let signals: [StoredSignal]

  /// A batch of these parts.
  package init(runID: RunID, createdAt: UTCTimestamp, signals: [StoredSignal]) {
    self.runID = runID
    self.createdAt = createdAt
    self.signals = signals
  }
}
