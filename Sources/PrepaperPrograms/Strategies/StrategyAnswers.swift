package import PrepaperDomain
import PrepaperJSON
package import PrepaperPipeline

/// What a strategy's program has printed so far, checked line by line.
///
/// The first thing that is wrong counts, with the number of its line; after that nothing is taken any more.
package struct StrategyAnswers {
  private static let longestLine = 1 << 20

  private let strategy: String
  private let symbols: Set<Symbol>
  private let mostBytes: Int
  private var given = GivenBars()
  private var inputEnd: Int?

  private var line: [UInt8] = []
  private var lines = 0
  private var bytes = 0
  private var isDone = false
  private var seen: Set<Signal> = []
  private var found = StrategyResult()
  /// The first thing that is wrong.
  package private(set) var fault: RunError?

  /// Answers of a strategy about these symbols, and about others once they begin.
  package init(strategy: String, symbols: [Symbol], mostBytes: Int = 1 << 26) {
    self.strategy = strategy
    self.symbols = Set(symbols)
    self.mostBytes = mostBytes
  }

  /// Begins a symbol.
  package mutating func begin(_ history: SufficientHistory, inputStart: Int) {
    given.begin(history, inputStart: inputStart)
  }

  /// Notes that more bars are given.
  package mutating func give(_ symbol: Symbol, inputEnds: [Int]) {
    given.append(symbol, inputEnds: inputEnds)
  }

  /// Notes where the whole input ends.
  package mutating func complete(inputEnd: Int) {
    self.inputEnd = inputEnd
  }

  /// Takes a piece of output, with how much of its input the program has read by then; the last piece is empty.
  ///
  /// - Returns: false where it cannot be taken, at the end also where it does not end with `done`.
  package mutating func append(_ piece: [UInt8], inputRead: Int) -> Bool {
    guard fault == nil else { return false }
    guard !piece.isEmpty else { return isDone && line.isEmpty }
    bytes += piece.count
    var rest = piece[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      line.append(contentsOf: rest[..<end])
      rest = rest[(end + 1)...]
      takeLine(inputRead)
      guard fault == nil else { return false }
    }
    line.append(contentsOf: rest)
    if line.count > Self.longestLine {
      lines += 1
      fail("is longer than \(Self.longestLine >> 20) MiB", line)
    } else if bytes > mostBytes {
      lines += 1
      fail("all of it is longer than \(mostBytes >> 20) MiB", [])
    }
    return fault == nil
  }

  /// The signals and rejects in their order, once the output has ended and the program with status 0.
  ///
  /// Signals are ordered by decision time, symbol and side, then as they were printed; rejects by time and symbol.
  package mutating func result() throws(RunError) -> StrategyResult {
    if let fault { throw fault }
    guard line.isEmpty else {
      lines += 1
      throw error("does not end", line)
    }
    guard isDone else {
      throw RunError(
        .strategyFailed,
        "strategy '\(strategy)' printed \(lines) lines and ended without {\"type\": \"done\"}: whether these are all its "
          + "signals is not known")
    }
    found.signals = found.signals.stablySorted { left, right in
      if left.time != right.time { return left.time < right.time }
      if left.symbol != right.symbol { return left.symbol < right.symbol }
      return left.side == .buy && right.side == .sell
    }
    found.rejects = found.rejects.stablySorted { left, right in
      left.time == right.time ? left.symbol < right.symbol : left.time < right.time
    }
    return found
  }

  private mutating func takeLine(_ inputRead: Int) {
    lines += 1
    defer { line.removeAll(keepingCapacity: true) }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    guard line.count <= Self.longestLine else { return fail("is longer than \(Self.longestLine >> 20) MiB", line) }
    guard !isDone else { return fail("stands after done", line) }
    do throws(StrategyLine.Fault) {
      switch try StrategyLine(line) {
      case .signal(let signal, let time): try take(signal, time, inputRead)
      case .reject(let reject): try take(reject, inputRead)
      case .done:
        // The last byte is a line's end, which needs no reading.
        guard let inputEnd, inputRead >= inputEnd - 1 else {
          throw StrategyLine.Fault("says done before it has read all bars")
        }
        isDone = true
      }
    } catch {
      fail(error.column.map { "column \($0): \(error.problem)" } ?? error.problem, line)
    }
  }

  private mutating func take(_ signal: Signal, _ time: UTCTimestamp?, _ inputRead: Int) throws(StrategyLine.Fault) {
    try check(signal.symbol)
    guard let bar = given.bar(of: signal.symbol, closingAt: signal.time), bar.inputEnd <= inputRead + 1 else {
      throw StrategyLine.Fault(
        "was decided at \(signal.time), when no bar of \(signal.symbol) closes that the program was given before")
    }
    if let time, time != bar.open, time != signal.time {
      throw StrategyLine.Fault(
        "ts is \(time); the bar that closes at \(signal.time) opens at \(bar.open)")
    }
    guard bar.isEvaluated else {
      found.rejects.append(
        Reject(
          time: bar.open, symbol: signal.symbol, reason: "before_window",
          numbers: ["entry_price": .double(signal.entryPrice)]))
      return
    }
    let identity = Signal(
      time: signal.time, symbol: signal.symbol, side: signal.side, entryPrice: signal.entryPrice,
      stopPrice: signal.stopPrice, takeProfitPrice: signal.takeProfitPrice)
    guard seen.insert(identity).inserted else { throw StrategyLine.Fault("is a signal that stands there already") }
    found.signals.append(signal)
  }

  private mutating func take(_ reject: Reject, _ inputRead: Int) throws(StrategyLine.Fault) {
    try check(reject.symbol)
    guard let bar = given.bar(of: reject.symbol, openingAt: reject.time), bar.inputEnd <= inputRead + 1 else {
      throw StrategyLine.Fault(
        "is of \(reject.time), when no bar of \(reject.symbol) opens that the program was given before")
    }
    if bar.isEvaluated { found.rejects.append(reject) }
  }

  private func check(_ symbol: Symbol) throws(StrategyLine.Fault) {
    guard given.has(symbol) || symbols.contains(symbol) else {
      throw StrategyLine.Fault("symbol is \(symbol), which is none of this run's")
    }
  }

  private mutating func fail(_ problem: String, _ line: [UInt8]) {
    fault = error(problem, line)
  }

  private func error(_ problem: String, _ line: [UInt8]) -> RunError {
    let shown = line.isEmpty ? "" : ": \(shownText(line, limit: 200))"
    return RunError(.strategyFailed, "strategy '\(strategy)', line \(lines) of its output: \(problem)\(shown)")
  }
}

extension Array {
  /// Sorted so that what is equal stays in its order.
  fileprivate func stablySorted(_ precedes: (Element, Element) -> Bool) -> [Element] {
    enumerated().sorted { left, right in
      if precedes(left.element, right.element) { return true }
      return !precedes(right.element, left.element) && left.offset < right.offset
    }.map(\.element)
  }
}
