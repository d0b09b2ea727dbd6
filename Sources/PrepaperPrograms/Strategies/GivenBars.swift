internal import PrepaperDomain
internal import PrepaperPipeline

/// The bars that a strategy's program was given, and where in its input each of them ends.
///
/// Memory: 12 bytes for each bar.
struct GivenBars {
  /// A bar that was given.
  struct Place: Hashable {
    let open: UTCTimestamp
    /// Whether it lies in the window, and not in the warm-up.
    let isEvaluated: Bool
    /// Up to which byte of its input the program must have read to know it.
    let inputEnd: Int
  }

  private struct OfSymbol {
    let opens: [UTCTimestamp]
    let window: TimeSpan
    let closes: BarCloses
    let start: Int
    var ends: [UInt32] = []

    func index(atOrAfter time: UTCTimestamp) -> Int {
      var (low, high) = (0, opens.count)
      while low < high {
        let middle = (low + high) / 2
        if opens[middle] < time { low = middle + 1 } else { high = middle }
      }
      return low
    }

    func close(at index: Int) -> UTCTimestamp { closes.close(ofBarOpening: opens[index]) }

    func place(at index: Int) -> GivenBars.Place {
      GivenBars.Place(
        open: opens[index], isEvaluated: window.contains(opens[index]), inputEnd: start + Int(ends[index]))
    }
  }

  private var symbols: [Symbol: OfSymbol] = [:]
  private var lastOpens: [UTCTimestamp] = []

  /// Begins a symbol, whose bars then come in order.
  mutating func begin(_ history: SufficientHistory, inputStart: Int) {
    let series = history.series
    // Symbols of one market have the same times: they share one column.
    if series.time != lastOpens { lastOpens = series.time }
    symbols[series.symbol] = OfSymbol(
      opens: lastOpens, window: history.window, closes: history.closes, start: inputStart)
  }

  /// Notes that the next bars of a symbol end at these bytes of the input.
  mutating func append(_ symbol: Symbol, inputEnds: [Int]) {
    guard let start = symbols[symbol]?.start else { return }
    symbols[symbol]?.ends.append(contentsOf: inputEnds.map { UInt32($0 - start) })
  }

  /// Whether the program was given bars of a symbol, or is to be.
  func has(_ symbol: Symbol) -> Bool { symbols[symbol] != nil }

  /// The bar at whose close a decision was made; nil where there is none, or it is not given yet.
  func bar(of symbol: Symbol, closingAt time: UTCTimestamp) -> Place? {
    guard let bars = symbols[symbol] else { return nil }
    let index = bars.index(atOrAfter: time) - 1
    guard index >= 0, index < bars.ends.count, bars.close(at: index) == time else { return nil }
    return bars.place(at: index)
  }

  /// The bar that opens at an instant; nil where there is none, or it is not given yet.
  func bar(of symbol: Symbol, openingAt time: UTCTimestamp) -> Place? {
    guard let bars = symbols[symbol] else { return nil }
    let index = bars.index(atOrAfter: time)
    guard index < bars.ends.count, bars.opens[index] == time else { return nil }
    return bars.place(at: index)
  }
}
