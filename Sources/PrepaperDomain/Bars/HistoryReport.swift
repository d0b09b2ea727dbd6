package import PrepaperJSON

/// What the history gate found: how many base bars the calendar expects, how many there are, and where they lack.
package struct HistoryReport: Hashable, Sendable {
  /// The gate's verdict.
  package enum Status: String, CaseIterable, Sendable {
    /// Every expected bar is there, or what lacks is within the tolerance.
    case sufficient = "SUFFICIENT"
    /// The source says that more is coming: the run comes back later.
    case loading = "LOADING"
    /// Anything else: the strategy does not run.
    case degraded = "DEGRADED"
  }

  /// The verdict.
  package let status: Status
  /// Base bars that the calendar expects from the first warm-up bar to the window's end.
  package let expectedBars: Int
  /// How many of them there are.
  package let presentBars: Int
  /// Where they lack, ascending.
  package let holes: [Hole]
  /// Why the verdict is not SUFFICIENT, with numbers.
  package let reason: String?

  /// A report of these parts.
  package init(status: Status, expectedBars: Int, presentBars: Int, holes: [Hole], reason: String?) {
    self.status = status
    self.expectedBars = expectedBars
    self.presentBars = presentBars
    self.holes = holes
    self.reason = reason
  }
}

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

/// How much of the expected history may lack: a minute without a trade is no bar, and not a loss.
package struct HoleTolerance: Hashable, Sendable {
  /// The share of the expected base bars that may lack, 0 to 1.
  package let missingShare: Double
  /// How long a single hole may be.
  package let longestHole: Duration

  /// A tolerance of these limits; by default 1 % and 15 minutes.
  package init(missingShare: Double = 0.01, longestHole: Duration = .seconds(900)) {
    self.missingShare = missingShare
    self.longestHole = longestHole
  }
}

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

/// What there is of one symbol for a run.
package struct SymbolHistory: Hashable, Sendable {
  /// The instrument.
  package let symbol: Symbol
  /// What the gate found.
  package let report: HistoryReport
  /// Where the price jumps between sessions.
  package let jumps: [PriceJump]

  /// What there is of a symbol.
  package init(symbol: Symbol, report: HistoryReport, jumps: [PriceJump] = []) {
    self.symbol = symbol
    self.report = report
    self.jumps = jumps
  }

  /// Whether the strategy may run on it.
  package var isSufficient: Bool { report.status == .sufficient }
}
