package import PrepaperJSON

/// One bar: first, highest, lowest and last price of a stretch of time, and what was traded in it.
package struct Bar: Hashable, Sendable {
  /// The bar's open, UTC; of a daily bar the session's date at 00:00Z.
  package let time: UTCTimestamp
  /// First, highest, lowest and last price, in the instrument's currency.
  package let open, high, low, close: Double
  /// Traded volume in units of the instrument; zero or more.
  package let volume: Double

  /// A bar of these numbers, unchecked: `BarRules` says what they must hold to.
  // Inlinable: each row of a file makes one, in another module.
  @inlinable
  package init(time: UTCTimestamp, open: Double, high: Double, low: Double, close: Double, volume: Double) {
    self.time = time
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
  }

  /// The bar's numbers by name.
  package var json: JSONValue {
    .object([
      "open": .double(open), "high": .double(high), "low": .double(low), "close": .double(close),
      "volume": .double(volume),
    ])
  }
}
