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

/// What every bar must hold to before a strategy sees it.
///
/// Ascending and unique in time, aligned to the timeframe, finite, prices above zero, `high ≥ max(open, close)`,
/// `low ≤ min(open, close)`, `volume ≥ 0`. Nothing is repaired.
package struct BarRules: Sendable {
  private let timeframe: Timeframe
  private let grid: Int64
  private var last: UTCTimestamp?

  /// Rules for bars of one timeframe, that come in order.
  package init(timeframe: Timeframe) {
    self.timeframe = timeframe
    // An hour's bars are anchored at the open, 9:30 in New York: on the half hour.
    grid = timeframe == .h1 ? 1_800_000_000 : timeframe.microseconds
  }

  /// The first rule that the next bar breaks, in words, or nil if it holds to all of them.
  package mutating func check(_ bar: Bar) -> String? {
    guard
      bar.open.isFinite, bar.high.isFinite, bar.low.isFinite, bar.close.isFinite, bar.volume.isFinite
    else { return "a number that is not finite" }
    if bar.open <= 0 || bar.high <= 0 || bar.low <= 0 || bar.close <= 0 { return "a price of zero or less" }
    if bar.high < max(bar.open, bar.close) { return "high \(bar.high) is below open or close" }
    if bar.low > min(bar.open, bar.close) { return "low \(bar.low) is above open or close" }
    if bar.volume < 0 { return "volume \(bar.volume) is below zero" }
    // The bar that is expected next needs no look at the grid: a division of what is not known at compile time.
    if let last, bar.time.microseconds &- last.microseconds == grid {
      self.last = bar.time
      return nil
    }
    if bar.time.microseconds.flooredRemainder(by: grid) != 0 {
      return "time \(bar.time) is not aligned to \(timeframe.rawValue)"
    }
    if let last {
      if bar.time == last { return "time \(bar.time) stands twice" }
      if bar.time < last { return "time \(bar.time) is before the bar ahead of it, \(last)" }
    }
    last = bar.time
    return nil
  }
}

/// A bar that a source gave again with other numbers.
package struct BarRevision: Hashable, Sendable {
  /// The instrument.
  package let symbol: Symbol
  /// The length of the bar.
  package let timeframe: Timeframe
  /// The bar as it came first, which stays in use.
  package let kept: Bar
  /// The bar as it came later.
  package let revised: Bar

  /// A revision of these parts.
  package init(symbol: Symbol, timeframe: Timeframe, kept: Bar, revised: Bar) {
    self.symbol = symbol
    self.timeframe = timeframe
    self.kept = kept
    self.revised = revised
  }

  /// The revision as records and reports list it.
  package var json: JSONValue {
    .object([
      "symbol": .string(symbol.description), "timeframe": .string(timeframe.rawValue),
      "ts": .string(kept.time.rfc3339), "kept": kept.json, "revised": revised.json,
    ])
  }
}
