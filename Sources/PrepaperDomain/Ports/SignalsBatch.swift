/// All signals of a run, to be written together or not at all.
package struct SignalsBatch: Sendable {
  /// The run.
  package let runID: RunID
  /// The instant that new rows carry as `created_at`.
  package let createdAt: UTCTimestamp
  /// How many signals there are.
  package let count: Int
  private let signal: @Sendable (Int) -> StoredSignal

  /// A batch of that many signals, each made when it is written.
  package init(
    runID: RunID, createdAt: UTCTimestamp, count: Int, signal: @escaping @Sendable (_ index: Int) -> StoredSignal
  ) {
    self.runID = runID
    self.createdAt = createdAt
    self.count = count
    self.signal = signal
  }

  /// A batch of these signals.
  package init(runID: RunID, createdAt: UTCTimestamp, signals: [StoredSignal]) {
    self.init(runID: runID, createdAt: createdAt, count: signals.count) { signals[$0] }
  }

  /// The signals, in order.
  package var signals: some Sequence<StoredSignal> { (0..<count).lazy.map(signal) }
}
