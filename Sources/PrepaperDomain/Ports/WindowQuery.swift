/// What a run is asked to evaluate, with all that decides which instants are meant.
package struct WindowQuery: Hashable, Sendable {
  /// The instruments: all of them are evaluated over the same window.
  package let symbols: [Symbol]
  /// The timeframe that the strategy decides on.
  package let timeframe: Timeframe
  /// The timeframe to fetch and to resample from, or nil where the source may choose.
  package let baseTimeframe: Timeframe?
  /// The market's days and hours.
  package let calendar: CalendarName
  /// Which bars of a day are wanted.
  package let sessionMode: SessionMode
  /// What to evaluate.
  package let window: WindowRequest
  /// The last instant that the backtest saw, where it says so.
  package let seenUntil: UTCTimestamp?
  /// The time of day, for what is asked as of now and for sources that have what there was until now.
  package let now: UTCTimestamp

  /// A query of these parts.
  package init(
    symbols: [Symbol], timeframe: Timeframe, baseTimeframe: Timeframe?, calendar: CalendarName,
    sessionMode: SessionMode, window: WindowRequest, seenUntil: UTCTimestamp?, now: UTCTimestamp
  ) {
    self.symbols = symbols
    self.timeframe = timeframe
    self.baseTimeframe = baseTimeframe
    self.calendar = calendar
    self.sessionMode = sessionMode
    self.window = window
    self.seenUntil = seenUntil
    self.now = now
  }
}
