/// The only way a run reaches market data: it gives bars and features, and writes nothing.
///
/// ``BarSource`` is what stands behind the real one; signals go to a ``SignalsLedger``.
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
}
