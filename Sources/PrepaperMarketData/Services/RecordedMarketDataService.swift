package import PrepaperDomain

/// The bars of a run that is over, from the files that it has left: what it saw, and nothing else.
///
/// It has no signals store.
package struct RecordedMarketDataService: MarketDataService {
  /// One file of bars.
  package struct File: Sendable {
    /// Its absolute path.
    package let path: String
    /// Of its bars.
    package let timeframe: Timeframe

    /// A file of bars of a timeframe.
    package init(path: String, timeframe: Timeframe) {
      self.path = path
      self.timeframe = timeframe
    }
  }

  private let provider: BarsProvider

  /// A service over files.
  ///
  /// - Parameters:
  ///   - provenance: where the bars came from when they were recorded.
  ///   - piece: how many bytes of a file are read at once.
  package init(files: [Symbol: File], provenance: BarsProvenance, piece: Int) {
    provider = BarsProvider(
      name: provenance.provider, calendars: MarketCalendars(),
      source: RecordedBarSource(files: files, provenance: provenance, piece: piece))
  }

  package var announcement: String { "Using the bars that the run has left" }

  package var warnings: [String] { [] }

  package func window(_ query: WindowQuery) async throws -> TimeSpan { try await provider.window(query) }

  package func bars(_ request: BarsRequest) async throws -> BarsResponse { try await provider.bars(request) }

  package func features(_ request: FeaturesRequest) -> FeatureColumns { provider.features(request) }

  package func writeSignals(_ batch: SignalsBatch) throws -> SignalsReceipt {
    throw RunError(.unexpected, "a run that is executed again writes no signals")
  }

  package func signals(_ query: SignalsQuery) -> [StoredSignal] { [] }
}
