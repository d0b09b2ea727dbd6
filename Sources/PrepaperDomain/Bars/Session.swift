/// One trading session: its date and the instants of its open and close.
package struct Session: Hashable, Sendable {
  /// The session's date in the market's zone.
  package let day: CivilDate
  /// From the open to the close; the last bar closes at the close.
  package let hours: TimeSpan

  /// A session on a date with its hours.
  package init(day: CivilDate, hours: TimeSpan) {
    self.day = day
    self.hours = hours
  }

  /// The instant of the open.
  package var open: UTCTimestamp { hours.from }
  /// The instant of the close.
  package var close: UTCTimestamp { hours.to }

  /// How many bars of a timeframe begin in the session; the last of them may be cut by the close.
  package func barCount(_ timeframe: Timeframe) -> Int {
    guard timeframe != .d1 else { return 1 }
    return Int((close.microseconds - open.microseconds + timeframe.microseconds - 1) / timeframe.microseconds)
  }
}
