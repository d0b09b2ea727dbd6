/// Which bars a run needs: the window it evaluates and the warm-up before it.
package struct BarsRequest: Hashable, Sendable {
  /// The instrument.
  package let symbol: Symbol
  /// The timeframe that the strategy decides on; the warm-up is counted in it.
  package let timeframe: Timeframe
  /// The timeframe to fetch and to resample from, or nil where the source may choose.
  package let baseTimeframe: Timeframe?
  /// Which bars of a day are wanted.
  package let sessionMode: SessionMode
  /// What to evaluate.
  package let window: WindowRequest
  /// The last instant that the backtest saw, where it says so.
  package let seenUntil: UTCTimestamp?
  /// How many bars of `timeframe`, as the calendar expects them, must lie before the window.
  package let warmUpBars: Int

  /// A request of these parts.
  package init(
    symbol: Symbol, timeframe: Timeframe, baseTimeframe: Timeframe?, sessionMode: SessionMode, window: WindowRequest,
    seenUntil: UTCTimestamp?, warmUpBars: Int
  ) {
    self.symbol = symbol
    self.timeframe = timeframe
    self.baseTimeframe = baseTimeframe
    self.sessionMode = sessionMode
    self.window = window
    self.seenUntil = seenUntil
    self.warmUpBars = warmUpBars
  }
}
