/// Whose bars a source is asked for.
package struct FeedRequest: Sendable {
  /// The instrument.
  package let symbol: Symbol
  /// The timeframe that is wanted in the end.
  package let timeframe: Timeframe
  /// The timeframe to take, or nil for the best that builds `timeframe`.
  package let base: Timeframe?
  /// The market's days and hours; daily bars carry its dates.
  package let calendar: any MarketCalendar
  /// The time of day, for sources that go on having more.
  package let now: UTCTimestamp

  /// A request of these parts.
  package init(
    symbol: Symbol, timeframe: Timeframe, base: Timeframe?, calendar: any MarketCalendar, now: UTCTimestamp
  ) {
    self.symbol = symbol
    self.timeframe = timeframe
    self.base = base
    self.calendar = calendar
    self.now = now
  }
}
