package import PrepaperDomain

/// What runs have left, in the files of CSV that they write.
package struct CSVBarArchive: BarArchive {
  private let calendars = MarketCalendars()

  /// The archive.
  package init() {}

  package func bars(
    csv bytes: [UInt8], source: String, symbol: Symbol, timeframe: Timeframe
  ) throws(RunError) -> BarSeries {
    try BarSeries(csv: bytes, source: source, symbol: symbol, timeframe: timeframe)
  }

  package func service(
    over files: [Symbol: ArchivedBars], provenance: BarsProvenance, piece: Int
  ) -> any MarketDataService {
    RecordedMarketDataService(files: files, provenance: provenance, piece: piece)
  }

  package func calendar(_ name: CalendarName) -> any MarketCalendar { calendars[name] }
}

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

/// The files of bars that a run has left, told as the source that they came from.
struct RecordedBarSource: BarSource {
  let files: [Symbol: ArchivedBars]
  let provenance: BarsProvenance
  let piece: Int

  var kind: String { provenance.source }
  var adjustment: String { provenance.adjustment }
  var isSynthetic: Bool { provenance.isSynthetic }

  func open(_ request: FeedRequest) throws -> any BarFeed {
    guard let file = files[request.symbol], let opened = try OpenedFile(file.path) else {
      throw RunError(.symbolUnknown, "the run has left no bars of \(request.symbol)")
    }
    return try CSVBarFeed(opened, symbol: request.symbol, timeframe: file.timeframe, piece: piece)
  }
}
