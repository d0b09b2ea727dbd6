package import PrepaperJSON

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
