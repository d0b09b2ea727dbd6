import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import PrepaperTestSupport
import Testing

/// A case of `shared/golden`: bars, parameters, and the signals that an independent implementation found.
struct GoldenCase {
  let strategy: any Strategy
  let bars: SampleBars
  /// In the order of the file.
  let signals: [GoldenSignal]

  /// The names of all cases of the strategies on inside bars; none where the folder is absent.
  static func names(_ strategies: String...) throws -> [String] {
    guard SharedData.isPresent else { return [] }
    let wanted = strategies.isEmpty ? ["insidebar_intraday", "confirmed_breakout_intraday"] : strategies
    return try SharedData.names(in: "golden/cases").filter { name in wanted.contains { name.hasPrefix("\($0)-") } }
  }

  /// The case of a file, over the sessions of the days that its bars are of.
  init(_ name: String) throws {
    let json = try JSONParser.parse(Array(SharedData.read("golden/cases/\(name)").utf8))
    let file = try #require(json["bars"]?.stringValue)
    let parts = file.split(separator: ".")
    let timeframe = try #require(Timeframe(parsing: String(parts[1])))
    guard case .object(let parameters)? = json["params"], case .array(let signals)? = json["signals"] else {
      throw RunError(.unexpected, "\(name) has no params or no signals")
    }
    strategy = try BuiltInStrategies.make(
      key: try #require(json["strategy"]?.stringValue), parameters: parameters, timeframe: timeframe)
    let series = try BarSeries(
      csv: SharedData.read("golden/bars/\(file)"), symbol: String(parts[0]), timeframe: timeframe)
    let days = Set(series.time.map(\.utcDate)).sorted()
    bars = try SampleBars(series, sessions: days.map { try Session.on($0.description) })
    self.signals = try signals.map(GoldenSignal.init)
  }

  /// The golden signals of bars that open at or after an instant.
  func signals(from start: UTCTimestamp) -> [GoldenSignal] {
    signals.filter { $0.insideTime >= start }
  }
}

/// A signal as a golden case has it.
struct GoldenSignal {
  let time, validTo, motherTime, insideTime: UTCTimestamp
  let side: Side
  let entry, stop, target, atr, motherHigh, motherLow: Double

  init(_ json: JSONValue) throws {
    func text(_ name: String) throws -> String { try #require(json[name]?.stringValue) }
    func time(_ name: String) throws -> UTCTimestamp { try instant(text(name)) }
    func number(_ name: String) throws -> Double { try #require(json[name]?.doubleValue) }
    self.time = try time("ts")
    validTo = try time("valid_to")
    motherTime = try time("mother_ts")
    insideTime = try time("inside_ts")
    let side = try text("side")
    self.side = try #require(Side(rawValue: side))
    entry = try number("entry_price")
    stop = try number("stop_price")
    target = try number("take_profit_price")
    atr = try number("atr")
    motherHigh = try number("mother_high")
    motherLow = try number("mother_low")
  }

  /// What a signal differs in: times and side exactly, prices by more than 1e-9 of them.
  func differences(from signal: Signal) -> [String] {
    func isNear(_ left: Double?, _ right: Double) -> Bool {
      left.map { abs($0 - right) <= 1e-9 * abs(right) } ?? false
    }
    let checks = [
      ("time", signal.time == time), ("side", signal.side == side), ("valid_to", signal.validity?.to == validTo),
      ("valid_from", signal.validity?.from == time),
      ("mother_ts", signal.evidence["mother_ts"] == .string(motherTime.rfc3339)),
      ("inside_ts", signal.evidence["inside_ts"] == .string(insideTime.rfc3339)),
      ("entry", isNear(signal.entryPrice, entry)), ("stop", isNear(signal.stopPrice, stop)),
      ("target", isNear(signal.takeProfitPrice, target)), ("atr", isNear(signal.evidence["atr"]?.doubleValue, atr)),
      ("mother_high", isNear(signal.evidence["mother_high"]?.doubleValue, motherHigh)),
      ("mother_low", isNear(signal.evidence["mother_low"]?.doubleValue, motherLow)),
    ]
    return checks.filter { !$0.1 }.map(\.0)
  }
}

/// Expects signals to be the golden ones, one by one.
func expect(
  _ signals: [Signal], are golden: [GoldenSignal], _ comment: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(signals.map(\.time) == golden.map(\.time), "\(comment)", sourceLocation: sourceLocation)
  for (signal, expected) in zip(signals, golden) {
    #expect(
      expected.differences(from: signal).isEmpty, "\(comment) \(signal.side) at \(signal.time)",
      sourceLocation: sourceLocation)
  }
}
