internal import GRDB
import PrepaperDomain

extension Database {
  /// The bars of a series that open in a span, checked.
  ///
  /// - Throws: `BrokenBar`: bar and rule of the first offender.
  func bars(of symbol: Symbol, _ timeframe: Timeframe, in span: TimeSpan) throws -> BarSeries {
    var series = BarSeries(symbol: symbol, timeframe: timeframe)
    var rules = BarRules(timeframe: timeframe)
    try eachBar(of: symbol, timeframe, in: span) { bar in
      if let rule = rules.check(bar) { throw BrokenBar(rule, at: bar.time, of: symbol, timeframe) }
      series.append(bar)
    }
    return series
  }

  /// Gives the bars of a series that open in a span one by one, ascending, not checked but for being numbers.
  ///
  /// - Throws: `BrokenBar`, or what `body` throws.
  func eachBar(
    of symbol: Symbol, _ timeframe: Timeframe, in span: TimeSpan, _ body: (Bar) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      cachedStatement(
        sql: """
          SELECT ts, open, high, low, close, volume FROM bars
          WHERE symbol = ? AND tf = ? AND ts >= ? AND ts < ? ORDER BY ts
          """),
      arguments: [symbol.description, timeframe.rawValue, span.from.secondsUp, span.to.secondsUp])
    while let row = try rows.next() {
      let time = try Self.time(row[0], of: symbol, timeframe)
      func number(_ index: Int, _ column: String) throws -> Double {
        switch (row[index] as DatabaseValue).storage {
        case .double(let number): return number
        case .int64(let number): return Double(number)
        case .null, .string, .blob:
          throw BrokenBar("column \(column) is not a number", at: time, of: symbol, timeframe)
        }
      }
      try body(
        Bar(
          time: time, open: number(1, "open"), high: number(2, "high"), low: number(3, "low"),
          close: number(4, "close"), volume: number(5, "volume")))
    }
  }

  /// The instant in a column ts, which may be anything in somebody else's file.
  ///
  /// - Throws: `BrokenBar`.
  static func time(_ value: DatabaseValue, of symbol: Symbol, _ timeframe: Timeframe) throws -> UTCTimestamp {
    guard let time = time(value) else { throw noTime(value, of: "\(symbol) \(timeframe.rawValue)") }
    return time
  }

  /// The instant in a column ts, or nil where it is none.
  static func time(_ value: DatabaseValue) -> UTCTimestamp? {
    guard case .int64(let seconds) = value.storage, seconds.magnitude < 100_000_000_000 else { return nil }
    return UTCTimestamp(seconds: seconds)
  }

  /// That a column ts has no instant.
  static func noTime(_ value: DatabaseValue, of series: String) -> BrokenBar {
    BrokenBar("ts \(value) is not a count of seconds since 1970-01-01", of: series)
  }
}

extension UTCTimestamp {
  /// Whole seconds since the epoch, rounded up: of bars, which open on whole seconds, those before it and those from
  /// it on are the same.
  var secondsUp: Int64 { seconds + (microseconds.flooredRemainder(by: 1_000_000) > 0 ? 1 : 0) }
}
