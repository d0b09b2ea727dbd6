package import PrepaperDomain

/// Bars from the configured source.
package struct RealMarketDataService: MarketDataService {
  private let provider: BarsProvider
  private let signalsPlace: String

  /// A service; without a source the bars are made up, and every run says so.
  ///
  /// - Parameter signalsPlace: where the run's signals go, for the announcement.
  package init(source: (any BarSource)?, signalsPlace: String) {
    provider = BarsProvider(
      name: "real", calendars: MarketCalendars(), source: source ?? SyntheticBarSource())
    self.signalsPlace = signalsPlace
  }

  package var announcement: String { "Using RealMarketDataService (signals_db=\(signalsPlace))" }

  package var warnings: [String] {
    provider.source.isSynthetic
      ? ["BARS_SOURCE is not set: the bars are synthetic, and the run is labelled so; set BARS_SOURCE=csv:DIR"] : []
  }

  package func window(_ query: WindowQuery) async throws -> TimeSpan { try await provider.window(query) }

  package func bars(_ request: BarsRequest) async throws -> BarsResponse { try await provider.bars(request) }

  package func features(_ request: FeaturesRequest) -> FeatureColumns { provider.features(request) }
}

/// Made-up bars: a run that touches nothing real.
package struct FakeMarketDataService: MarketDataService {
  private let provider: BarsProvider
  private let choice: String
  private let unused: String?

  /// A service.
  ///
  /// - Parameters:
  ///   - choice: says in the announcement who chose it.
  ///   - unused: a setting that names other bars and is of no use here, for a warning.
  package init(choice: String, unused: String? = nil) {
    provider = BarsProvider(name: "fake", calendars: MarketCalendars(), source: SyntheticBarSource())
    self.choice = choice
    self.unused = unused
  }

  package var announcement: String { "Using FakeMarketDataService (\(choice))" }

  package var warnings: [String] {
    ["the bars are synthetic: nothing that comes of them says anything about a market"]
      + (unused.map { ["\($0) is set and not used: MARKETDATA_PROVIDER=real takes bars from there"] } ?? [])
  }

  package func window(_ query: WindowQuery) async throws -> TimeSpan { try await provider.window(query) }

  package func bars(_ request: BarsRequest) async throws -> BarsResponse { try await provider.bars(request) }

  package func features(_ request: FeaturesRequest) -> FeatureColumns { provider.features(request) }
}
