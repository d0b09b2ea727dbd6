package import PrepaperJSON

/// A stretch of bars that the calendar expects and the source does not have.
package struct Hole: Hashable, Sendable {
  /// How a hole is judged.
  package enum Kind: String, CaseIterable, Sendable {
    /// Short and rare enough that nobody traded: no bar, and not a loss.
    case noTrade = "no_trade"
    /// Bars are missing.
    case missing
    /// Between two bars of extended hours: nobody expects them.
    case outsideSession = "outside_session"
  }

  /// The opens of the first and the last bar that is not there.
  package let first, last: UTCTimestamp
  /// How many bars are not there.
  package let bars: Int
  /// How it is judged.
  package let kind: Kind

  /// A hole of that many bars.
  package init(first: UTCTimestamp, last: UTCTimestamp, bars: Int, kind: Kind) {
    self.first = first
    self.last = last
    self.bars = bars
    self.kind = kind
  }

  /// The hole as the manifest lists it.
  package func json(of symbol: Symbol) -> JSONValue {
    .object([
      "symbol": .string(symbol.description), "from": .string(first.rfc3339), "to": .string(last.rfc3339),
      "bars": .integer(Int64(bars)),
      "class": .string(kind.rawValue),
    ])
  }
}
