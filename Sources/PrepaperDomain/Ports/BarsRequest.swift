/// Which bars of one symbol a run needs: the window it evaluates and the warm-up before it.
package struct BarsRequest: Hashable, Sendable {
  /// The instrument.
  package let symbol: Symbol
  /// The timeframe that the strategy decides on; the warm-up is counted in it.
  package let timeframe: Timeframe
  /// The timeframe to fetch and to resample from, or nil where the source may choose.
  package let baseTimeframe: Timeframe?
  /// The market's days and hours.
  package let calendar: CalendarName
  /// Which bars of a day are wanted.
  package let sessionMode: SessionMode
  /// What the run evaluates.
  package let window: TimeSpan
  /// How many bars of `timeframe`, as the calendar expects them, must lie before the window.
  package let warmUpBars: Int
  /// The time of day, for sources that go on having more.
  package let now: UTCTimestamp

  /// A request of these parts.
  package init(
    symbol: Symbol, timeframe: Timeframe, baseTimeframe: Timeframe?, calendar: CalendarName,
    sessionMode: SessionMode, window: TimeSpan, warmUpBars: Int, now: UTCTimestamp
  ) {
    self.symbol = symbol
    self.timeframe = timeframe
    self.baseTimeframe = baseTimeframe
    self.calendar = calendar
    self.sessionMode = sessionMode
    self.window = window
    self.warmUpBars = warmUpBars
    self.now = now
  }
}
