package import PrepaperJSON

/// A change of price from one session to the next that is too large to be trusted: a split, most often, for which the
/// bars are not adjusted.
package struct PriceJump: Hashable, Sendable {
  /// The instrument.
  package let symbol: Symbol
  /// The last bar of the session before and the first bar of the session after, by their timestamps.
  package let from, to: UTCTimestamp
  /// The close of the one and the open of the other.
  package let close, open: Double

  /// A jump between two bars.
  package init(symbol: Symbol, from: UTCTimestamp, to: UTCTimestamp, close: Double, open: Double) {
    self.symbol = symbol
    self.from = from
    self.to = to
    self.close = close
    self.open = open
  }

  /// How far the price went as a share of the close, −0.857 for a split of 7 for 1.
  package var change: Double { open / close - 1 }

  /// The jump as the manifest lists it.
  package var json: JSONValue {
    .object([
      "symbol": .string(symbol.description), "from": .string(from.rfc3339), "to": .string(to.rfc3339),
      "close": .double(close), "open": .double(open), "change": .double(change),
    ])
  }
}
