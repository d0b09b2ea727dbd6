package import PrepaperDomain

/// Bars from the configured source, and the signals store that is shared with other tools.
package struct RealMarketDataService: MarketDataService {
  private let provider: BarsProvider
  private let signalsStore: SignalsStore

  /// A service; without a source the bars are made up, and every run says so.
  package init(signals: SignalsStore, source: (any BarSource)?) {
    provider = BarsProvider(
      name: "real", calendars: MarketCalendars(), source: source ?? SyntheticBarSource())
    signalsStore = signals
  }

  package var announcement: String { "Using RealMarketDataService (signals_db=\(signalsStore.path))" }

  package var warnings: [String] {
    provider.source.isSynthetic
      ? ["BARS_SOURCE is not set: the bars are synthetic, and the run is labelled so; set BARS_SOURCE=csv:DIR"] : []
  }

  package func window(_ query: WindowQuery) async throws -> TimeSpan { try await provider.window(query) }

  package func bars(_ request: BarsRequest) async throws -> BarsResponse { try await provider.bars(request) }

  package func features(_ request: FeaturesRequest) -> FeatureColumns { provider.features(request) }

  package func writeSignals(_ batch: SignalsBatch) throws -> SignalsReceipt { try signalsStore.write(batch) }

  package func signals(_ query: SignalsQuery) throws -> [StoredSignal] { try signalsStore.signals(query) }
}
