import PrepaperDomain

/// The bars of a run that is over, from the files that it has left: what it saw, and nothing else.
struct RecordedMarketDataService: MarketDataService {
  private let provider: BarsProvider

  /// A service over files.
  ///
  /// - Parameters:
  ///   - provenance: where the bars came from when they were recorded.
  ///   - piece: how many bytes of a file are read at once.
  init(files: [Symbol: ArchivedBars], provenance: BarsProvenance, piece: Int) {
    provider = BarsProvider(
      name: provenance.provider, calendars: MarketCalendars(),
      source: RecordedBarSource(files: files, provenance: provenance, piece: piece))
  }

  var announcement: String { "Using the bars that the run has left" }

  var warnings: [String] { [] }

  func window(_ query: WindowQuery) async throws -> TimeSpan { try await provider.window(query) }

  func bars(_ request: BarsRequest) async throws -> BarsResponse { try await provider.bars(request) }

  func features(_ request: FeaturesRequest) -> FeatureColumns { provider.features(request) }
}
