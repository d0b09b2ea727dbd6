internal import GRDB
import PrepaperDomain

extension Database {
  /// The bars of a series that open in a span, checked.
  ///
  /// - Throws: `RunError` with `bars_invalid`: file, bar and rule of the first offender.
  func bars(of symbol: Symbol, _ timeframe: Timeframe, in span: TimeSpan, path: String) throws -> BarSeries {
    var series = BarSeries(symbol: symbol, timeframe: timeframe)
    var rules = BarRules(timeframe: timeframe)
    try eachBar(of: symbol, timeframe, in: span, path: path) { bar in
      if let broken = rules.check(bar) { throw invalidBar(broken, bar.time, symbol, timeframe, path) }
      series.append(bar)
    }
    return series
  }

  /// Gives the bars of a series that open in a span one by one, ascending, not checked but for being numbers.
  func eachBar(
    of symbol: Symbol, _ timeframe: Timeframe, in span: TimeSpan, path: String, _ body: (Bar) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      cachedStatement(
        sql: """
          SELECT ts, open, high, low, close, volume FROM bars
          WHERE symbol = ? AND tf = ? AND ts >= ? AND ts < ? ORDER BY ts
          """),
      arguments: [symbol.description, timeframe.rawValue, span.from.secondsUp, span.to.secondsUp])
    while let row = try rows.next() {
      let time = try Self.time(row[0], of: symbol, timeframe, path: path)
      func number(_ index: Int, _ column: String) throws -> Double {
        switch (row[index] as DatabaseValue).storage {
        case .double(let number): return number
        case .int64(let number): return Double(number)
        case .null, .string, .blob:
          throw invalidBar("column \(column) is not a number", time, symbol, timeframe, path)
        }
      }
      try body(
        Bar(
          time: time, open: number(1, "open"), high: number(2, "high"), low: number(3, "low"),
          close: number(4, "close"), volume: number(5, "volume")))
    }
  }

  /// The instant in a column ts, which may be anything in somebody else's file.
  static func time(
    _ value: DatabaseValue, of symbol: Symbol, _ timeframe: Timeframe, path: String
  ) throws -> UTCTimestamp {
    guard case .int64(let seconds) = value.storage, seconds.magnitude < 100_000_000_000 else {
      throw RunError(
        .barsInvalid,
        "\(path), \(symbol) \(timeframe.rawValue): ts \(value) is not a count of seconds since 1970-01-01")
    }
    return UTCTimestamp(seconds: seconds)
  }

  private func invalidBar(
    _ problem: String, _ time: UTCTimestamp, _ symbol: Symbol, _ timeframe: Timeframe, _ path: String
  ) -> RunError {
    RunError(.barsInvalid, "\(path), \(symbol) \(timeframe.rawValue) \(time): \(problem)")
  }
}

extension UTCTimestamp {
  /// Whole seconds since the epoch, rounded up: of bars, which open on whole seconds, those before it and those from
  /// it on are the same.
  var secondsUp: Int64 { seconds + (microseconds.flooredRemainder(by: 1_000_000) > 0 ? 1 : 0) }
}
