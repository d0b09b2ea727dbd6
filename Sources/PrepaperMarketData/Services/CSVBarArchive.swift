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
