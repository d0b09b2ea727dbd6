/// Reads back what runs have left: their bars, told as the source that those came from, and the calendars behind them.
package protocol BarArchive: Sendable {
  /// The bars in a file that a run has left.
  ///
  /// - Parameter source: what an error names beside the line.
  /// - Throws: ``RunError`` with `bars_invalid`: source, line and rule of the first offender.
  func bars(
    csv bytes: [UInt8], source: String, symbol: Symbol, timeframe: Timeframe
  ) throws(RunError) -> BarSeries

  /// A service over files of bars: what the run saw, and nothing else.
  ///
  /// - Parameters:
  ///   - provenance: where the bars came from when they were recorded.
  ///   - piece: how many bytes of a file are read at once.
  func service(
    over files: [Symbol: ArchivedBars], provenance: BarsProvenance, piece: Int
  ) -> any MarketDataService

  /// The calendar of a name.
  func calendar(_ name: CalendarName) -> any MarketCalendar
}

/// One file of bars that a run has left.
package struct ArchivedBars: Hashable, Sendable {
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
