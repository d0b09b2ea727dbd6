/// The only way a run reaches market data and the signals store.
package protocol MarketDataService: Sendable {
  /// The line that tells an operator which data a run uses: `Using RealMarketDataService (signals_db=…)`.
  var announcement: String { get }

  /// What an operator should know before trusting the data, a sentence each.
  var warnings: [String] { get }

  /// The instants that a run is asked to evaluate.
  ///
  /// - Throws: `RunError` with `params_invalid`, `symbol_unknown` or `bars_invalid`.
  func window(_ query: WindowQuery) async throws -> TimeSpan

  /// The bars of a window and its warm-up, checked bar by bar but not judged.
  ///
  /// - Throws: `RunError` with `symbol_unknown`, `bars_invalid` or `params_invalid`.
  func bars(_ request: BarsRequest) async throws -> BarsResponse

  /// The features of bars.
  func features(_ request: FeaturesRequest) async throws -> FeatureColumns

  /// Writes signals in one transaction; those that are there already are skipped.
  ///
  /// - Throws: `RunError` with `signals_conflict` where a key is there with another payload, and
  ///   `signals_schema_foreign`, `signals_unreadable` or `store_busy`; nothing of the batch stays then.
  func writeSignals(_ batch: SignalsBatch) async throws -> SignalsReceipt

  /// The stored signals of a run, ordered by (instant, symbol, key); none where nothing was ever stored.
  ///
  /// - Throws: `RunError` with `signals_schema_foreign`, `signals_unreadable` or `store_busy`.
  func signals(_ query: SignalsQuery) async throws -> [StoredSignal]
}
