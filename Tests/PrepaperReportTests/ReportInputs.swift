import PrepaperDomain
import PrepaperJSON
import PrepaperReport
import PrepaperTestSupport

/// A run to report on: one session of M15 bars of AAPL with a pair of orders, and what a test changes of it.
struct ReportInputs {
  var definition: [String: JSONValue]
  var orders: [JSONValue] = []
  var evidence: [String: JSONValue] = [:]
  var rejects: [JSONValue] = []
  var drift: JSONValue?
  var sensitivity: JSONValue?
  var bars: [Symbol: RunReport.Series] = [:]

  /// A run of these symbols, each with that many pairs of orders, in a session of its own.
  init(symbols: [String] = ["AAPL"], pairs: Int = 1) throws {
    definition = Self.definition(symbols: symbols)
    for name in symbols {
      let symbol = try symbol(name)
      bars[symbol] = try Self.series(of: symbol, days: min(pairs, 80))
      for pair in 0..<pairs {
        orders += try Self.pair(of: name, on: Self.firstDay.advanced(byDays: pair), number: pair)
      }
    }
    for order in orders {
      guard let key = order["idempotency_key"]?.stringValue, let day = order["ts"]?.stringValue?.prefix(10) else {
        continue
      }
      evidence[key] = .object([
        "mother_ts": .string("\(day)T14:45:00Z"), "inside_ts": .string("\(day)T15:00:00Z"), "atr": .double(0.5),
      ])
    }
  }

  /// The orders, each with the numbers behind it.
  var planned: [(order: JSONValue, evidence: JSONValue)] {
    orders.map { order in (order, order["idempotency_key"]?.stringValue.flatMap { evidence[$0] } ?? .object([:])) }
  }

  /// The page, and the symbols that were asked for.
  func page() -> (text: String, asked: [Symbol]) {
    let report = RunReport(
      definition: .object(definition), manifestHash: "c0ffee", orders: planned, rejects: rejects, drift: drift,
      sensitivity: sensitivity)
    var bytes: [UInt8] = []
    var asked: [Symbol] = []
    report.write(
      series: { (symbol: Symbol) throws(Never) in
        asked.append(symbol)
        return bars[symbol]
      },
      to: { (piece: [UInt8]) throws(Never) in bytes += piece })
    return (String(decoding: bytes, as: UTF8.self), asked)
  }

  /// The page.
  var text: String { page().text }

  /// Sets a member of a part of the manifest.
  mutating func set(_ part: String, _ member: String, _ value: JSONValue?) {
    guard case .object(var members)? = definition[part] else { return }
    members[member] = value
    definition[part] = .object(members)
  }

  /// The first day, in winter: New York is five hours behind UTC.
  static let firstDay = CivilDate(year: 2025, month: 1, day: 6)

  /// The hours of a session on a day.
  static func session(on day: CivilDate) throws -> Session {
    try Session(
      day: day, hours: TimeSpan(from: instant("\(day)T14:30:00Z"), to: instant("\(day)T21:00:00Z")))
  }

  /// Sessions of 26 bars between 100 and 110.
  static func series(of symbol: Symbol, days: Int) throws -> RunReport.Series {
    var bars = BarSeries(symbol: symbol, timeframe: .m15)
    var sessions: [Session] = []
    for number in 0..<days {
      let session = try session(on: firstDay.advanced(byDays: number))
      sessions.append(session)
      for index in 0..<26 {
        let (open, close) = index.isMultiple(of: 2) ? (102.0, 108.0) : (108.0, 102.0)
        bars.append(
          Bar(
            time: session.open + .seconds(900 * index), open: open, high: 110, low: 100, close: close, volume: 1000))
      }
    }
    return RunReport.Series(bars: bars, sessions: sessions)
  }

  /// A BUY and a SELL of which one cancels the other, decided at 10:15 and valid until 16:00 in New York.
  static func pair(of symbol: String, on day: CivilDate, number: Int) throws -> [JSONValue] {
    [("BUY", 107.0, 103.0, 115.0), ("SELL", 103.0, 107.0, 95.0)].map { side, entry, stop, target in
      .object([
        "ts": .string("\(day)T15:15:00+00:00"), "symbol": .string(symbol), "side": .string(side),
        "strategy_key": .string("insidebar_intraday"), "entry_price": .double(entry), "sl": .double(stop),
        "tp": .double(target), "idempotency_key": .string("\(symbol)-\(number)-\(side)"),
        "oco_group": .string("g\(number)"), "order_type": .string("STOP"),
        "valid_from": .string("\(day)T15:15:00+00:00"), "valid_to": .string("\(day)T21:00:00+00:00"),
      ])
    }
  }

  private static func definition(symbols: [String]) -> [String: JSONValue] {
    [
      "schema_version": .string("1.0.0"),
      "identity": .object([
        "run_id": .string("RUN_1"), "mode": .string("replay"), "source_backtest_run_id": .string("BACKTEST_1"),
      ]),
      "strategy": .object([
        "key": .string("insidebar_intraday"), "version": .string("1.0.1"), "digest": .string("d1d1"),
        "ignored": .array([]),
      ]),
      "params": .object(["atr_period": .integer(14), "tick_size": .double(0.01)]),
      "data": .object([
        "symbols": .array(symbols.map(JSONValue.string)), "timeframe": .string("M15"),
        "base_timeframe": .string("M1"), "session_mode": .string("rth"), "market_tz": .string("America/New_York"),
        "calendar": .object(["name": .string("XNYS"), "version": .string("XNYS-1")]),
        "window": .object([
          "from": .string("2025-01-06T14:30:00+00:00"), "to": .string("2025-01-06T21:00:00+00:00"),
        ]),
        "warmup_bars": .integer(72),
        "provider": .object(["name": .string("real"), "source": .string("csv"), "adjustment": .string("none")]),
      ]),
      "history": .object([
        "status": .string("SUFFICIENT"), "expected_bars": .integer(1470), "present_bars": .integer(1470),
        "holes": .array([]), "jumps": .array([]), "reason": .null, "strict": .bool(false),
        "max_missing": .double(0.01), "max_jump": .double(0.4),
        "symbols": .array(
          symbols.map { .object(["symbol": .string($0), "status": .string("SUFFICIENT"), "reason": .null]) }),
      ]),
      "inputs": .object([
        "backtest_manifest_hash": .string("b1b1"), "marketdata_data_hash": .string("m1m1"),
        "features_hash": .string("f1f1"),
        "bars": .array([
          .object([
            "symbol": .string("AAPL"), "path": .string("bars/AAPL.M1.csv"), "rows": .integer(1470),
            "sha256": .string("a1a1"),
          ])
        ]),
      ]),
      "outputs": .object([
        "plan_hash": .string("p1p1"), "signals_count": .integer(2), "orders_count": .integer(2),
        "signals_export_hash": .string("e1e1"),
      ]),
      "result": .object(["status": .string("SUCCESS"), "reason": .null, "errors": .array([])]),
      "proof": .object(["replay": .string("holds"), "lookahead": .string("holds")]),
      "generator": .object(["name": .string("prepaper"), "version": .string("0.1.0")]),
    ]
  }
}
