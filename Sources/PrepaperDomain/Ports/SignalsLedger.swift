/// Where the signals of runs are kept, shared with other tools: written once, never changed.
///
/// ``SignalsBatch`` goes in, ``StoredSignal``s come out.
package protocol SignalsLedger: Sendable {
  /// What messages call it, a path for one.
  var place: String { get }

  /// Writes signals in one transaction; those that are there already are skipped.
  ///
  /// - Throws: `RunError` with `signals_conflict` where a key is there with another payload, and
  ///   `signals_schema_foreign`, `signals_unreadable` or `store_busy`; nothing of the batch stays then.
  func write(_ batch: SignalsBatch) async throws -> SignalsReceipt

  /// The stored signals of a run, ordered by (instant, symbol, key); none where nothing was ever stored.
  ///
  /// - Throws: `RunError` with `signals_schema_foreign`, `signals_unreadable` or `store_busy`.
  func signals(_ query: SignalsQuery) async throws -> [StoredSignal]
}
