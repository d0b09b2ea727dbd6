internal import PrepaperDomain
internal import PrepaperPipeline

/// The histories of all symbols of a run, as many of them as may be held at once.
struct RunHistories: Sendable {
  /// How many base bars are held; histories beyond that are read again whenever they are needed.
  private static let mostHeld = 4_000_000

  private var held: [Symbol: KnownSymbol] = [:]
  private var heldBars = 0
  /// The symbols whose history suffices, ascending.
  private(set) var symbols: [Symbol] = []
  /// When bars of the window are over, of any symbol.
  private(set) var closes: Set<UTCTimestamp> = []
  /// From when on each symbol has a bar that is over.
  private(set) var start: UTCTimestamp?
  /// How many bars of the strategy's timeframe there are, and about how many a short trial with all symbols has.
  private(set) var bars = 0
  private(set) var shortBars = 0

  /// The history of a symbol, where it is held.
  subscript(symbol: Symbol) -> KnownSymbol? { held[symbol] }

  /// Adds what is known of the next symbol.
  mutating func add(_ known: KnownSymbol) {
    let history = known.history
    symbols.append(history.series.symbol)
    closes.formUnion(known.closes)
    if let first = history.series.time.first {
      let close = history.closes.close(ofBarOpening: first)
      start = max(start ?? close, close)
    }
    bars += history.series.count
    let warmUp = history.series.firstIndex(atOrAfter: history.window.from)
    shortBars += min(history.series.count, warmUp + known.longestSession * (1 + KnownSymbol.noisySessions))
    heldBars += history.base.count
    if heldBars <= Self.mostHeld { held[history.series.symbol] = known }
  }
}
