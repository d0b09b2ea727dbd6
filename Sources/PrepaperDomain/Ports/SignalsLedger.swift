/// Where the signals of runs are kept, shared with other tools: written once, never changed.
///
/// ``SignalsBatch`` goes in, ``StoredSignal``s come out.
package protocol SignalsLedger: Sendable {
  /// What messages call it, a path for one.
  var place: String { get }

  /// Writes signals in one transaction; those that are there already are skipped.
  ///
  /// - Throws: ``RunError`` with `signals_conflict` where a key is there with another payload, and
  ///   `signals_schema_foreign`, `signals_unreadable` or `store_busy`; nothing of the batch stays then.
  func write(_ batch: SignalsBatch) async throws -> SignalsReceipt

  /// The stored signals of a run, ordered by (instant, symbol, key); none where nothing was ever stored.
  ///
  /// - Throws: ``RunError`` with `signals_schema_foreign`, `signals_unreadable` or `store_busy`.
  func signals(_ query: SignalsQuery) async throws -> [StoredSignal]
}

/// A signal as the signals store keeps it.
package struct StoredSignal: Hashable, Sendable {
  /// The decision time.
  package let time: UTCTimestamp
  /// The instrument.
  package let symbol: Symbol
  /// The order's key; unique in its run.
  package let idempotencyKey: String
  /// Who wrote it: `prepaper_plan_intent`.
  package let sourceTag: String
  /// The order as canonical JSON on one line.
  package let payloadJSON: String

  /// A stored signal of these parts.
  package init(time: UTCTimestamp, symbol: Symbol, idempotencyKey: String, sourceTag: String, payloadJSON: String) {
    self.time = time
    self.symbol = symbol
    self.idempotencyKey = idempotencyKey
    self.sourceTag = sourceTag
    self.payloadJSON = payloadJSON
  }
}

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

/// What became of a batch of signals.
package struct SignalsReceipt: Hashable, Sendable {
  /// Rows that are new.
  package let written: Int
  /// Signals that were there already, byte for byte.
  package let duplicatesSkipped: Int

  /// A receipt of these counts.
  package init(written: Int, duplicatesSkipped: Int) {
    self.written = written
    self.duplicatesSkipped = duplicatesSkipped
  }
}

/// Which stored signals are wanted: those of one run, ordered by instant, symbol and key.
package struct SignalsQuery: Hashable, Sendable {
  /// The run.
  package let runID: RunID

  /// The signals of a run.
  package init(runID: RunID) {
    self.runID = runID
  }
}
