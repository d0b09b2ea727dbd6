import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport

/// A case of `../shared/golden`: parameters, and the signals that an independent implementation found with them.
struct GoldenCase {
  let json: JSONValue

  /// The names of the cases of the inside bar strategy; none where the folder is absent.
  static func names() throws -> [String] {
    guard SharedData.isPresent else { return [] }
    return try SharedData.names(in: "golden/cases").filter { $0.hasPrefix("insidebar_intraday-") }
  }

  init(_ name: String) throws {
    json = try JSONParser.parse(Array(SharedData.read("golden/cases/\(name)").utf8))
  }

  var timeframe: Timeframe {
    get throws {
      let text = try text("timeframe")
      guard let timeframe = Timeframe(parsing: text) else { throw NotReadable(text: text) }
      return timeframe
    }
  }

  /// The parameters as a backtest on minutes had them.
  var backtest: Backtest {
    get throws {
      guard case .object(let parameters)? = json["params"] else { throw NotReadable(text: "params") }
      return try Backtest(
        runID: "golden", strategy: text("strategy"), symbol: text("symbol"), timeframe: timeframe, seenUntil: nil,
        parameters: parameters)
    }
  }

  /// How many bars of warm-up the parameters ask for.
  var warmUp: Int {
    get throws {
      guard
        let lookback = json.at("params.lookback_candles")?.integerValue,
        let age = json.at("params.max_pattern_age_candles")?.integerValue,
        let period = json.at("params.atr_period")?.integerValue
      else { throw NotReadable(text: "params") }
      return Int(max(lookback + age + 10, period + 1))
    }
  }

  /// The signals whose inside bar opens in a span.
  func signals(in span: TimeSpan) throws -> [GoldenSignal] {
    try (json["signals"]?.items ?? []).filter { span.contains(try instant($0.text("inside_ts"))) }.map { signal in
      try GoldenSignal(
        time: instant(signal.text("ts")), side: signal.text("side"), entry: signal.number("entry_price"),
        stop: signal.number("stop_price"), target: signal.number("take_profit_price"),
        validTo: instant(signal.text("valid_to")))
    }
  }

  private func text(_ key: String) throws -> String { try json.text(key) }
}

/// What a case and an order of a plan have in common.
struct GoldenSignal {
  let time: UTCTimestamp
  let side: String
  let entry, stop, target: Double
  let validTo: UTCTimestamp

  init(
    time: UTCTimestamp, side: String, entry: Double, stop: Double, target: Double, validTo: UTCTimestamp
  ) {
    self.time = time
    self.side = side
    self.entry = entry
    self.stop = stop
    self.target = target
    self.validTo = validTo
  }

  /// An order of `plan.json`.
  init(order: JSONValue) throws {
    try self.init(
      time: instant(order.text("ts")), side: order.text("side"), entry: order.number("entry_price"),
      stop: order.number("sl"), target: order.number("tp"), validTo: instant(order.text("valid_to")))
  }

  /// Whether times and side are the same, and prices to 1e-9.
  func agrees(with other: GoldenSignal) -> Bool {
    time == other.time && side == other.side && validTo == other.validTo
      && zip([entry, stop, target], [other.entry, other.stop, other.target]).allSatisfy {
        abs($0 - $1) <= 1e-9 * abs($1)
      }
  }
}

extension JSONValue {
  fileprivate func text(_ key: String) throws -> String {
    guard let text = self[key]?.stringValue else { throw NotReadable(text: key) }
    return text
  }

  fileprivate func number(_ key: String) throws -> Double {
    guard let number = self[key]?.doubleValue else { throw NotReadable(text: key) }
    return number
  }
}
