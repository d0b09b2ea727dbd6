import PrepaperArtifacts
import PrepaperDomain
import PrepaperIndicators
import PrepaperJSON
import PrepaperPipeline
import PrepaperTestSupport
import Testing

@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence))) struct RudometkinGoldenTests {
  @Test(arguments: [("AAPL", 1403), ("BAC", 1032), ("SPY", 697)])
  func `the signals of a golden case come out`(symbol: String, count: Int) throws {
    // Given the days of a symbol, the strategy with its defaults, and no limit to the signals of a day
    let golden = try GoldenDays(symbol)
    try #require(golden.signals.count == count)

    let signals = try golden.evaluate().signals

    // Then each signal is the golden one: date, side, and numbers to 1e-9 of them
    #expect(signals.map { $0.evidence["bar_ts"]?.stringValue } == golden.signals.map { "\($0.date)T00:00:00Z" })
    #expect(signals.map(\.side) == golden.signals.map(\.side))
    for (signal, expected) in zip(signals, golden.signals) {
      #expect(expected.differences(from: signal).isEmpty, "\(expected.date)")
    }
  }

  @Test(arguments: ["AAPL", "BAC", "SPY"])
  func `an order stands in the next session, and was decided at the close before it`(symbol: String) throws {
    let golden = try GoldenDays(symbol)

    let signals = try golden.evaluate().signals

    let sessions = golden.days.sessions
    for signal in signals {
      let index = try #require(sessions.firstIndex { $0.close == signal.time })
      #expect(signal.validity == sessions[index + 1].hours)
      #expect(signal.orderType == "LIMIT")
      #expect(signal.timeInForce == "DAY")
      #expect(signal.stopPrice == nil && signal.takeProfitPrice == nil && signal.ocoGroup == nil)
    }
  }

  @Test(arguments: ["AAPL", "BAC", "SPY"])
  func `days after a decision do not change it`(symbol: String) throws {
    let golden = try GoldenDays(symbol)
    let full = try golden.evaluate().signals
    var generator = SeededRandom(seed: 19_980_528)

    // A series that has not all the days of the long mean gives no signals, so those in its first days are passed over.
    let first = try #require(full.firstIndex { $0.time >= golden.days.series.time[200] })
    for index in stride(from: first, to: full.count, by: full.count / 6) {
      // Given a decision, and the days up to it only, or others after them
      let time = full[index].time
      let session = try #require(golden.days.sessions.first { $0.close == time })
      let next = golden.days.series.firstIndex(atOrAfter: session.day.advanced(byDays: 1).startUTC)
      var cut = golden
      cut.days.series = golden.days.series.slice(0..<next)
      var noisy = golden
      noisy.days.series = golden.days.series.withNoise(from: next, using: &generator)

      // Then all that was decided until then is as it was
      let known = full.filter { $0.time <= time }
      #expect(try cut.evaluate().signals == known)
      #expect(try noisy.evaluate().signals.filter { $0.time <= time } == known)
    }
  }
}

/// A daily case of `shared/golden`: the days of a symbol from the first one on, and the signals in them.
struct GoldenDays {
  var days: SampleBars
  let strategy: any Strategy
  /// In the order of the file.
  let signals: [GoldenDaySignal]

  init(_ symbol: String) throws {
    let json = try JSONParser.parse(Array(SharedData.read("golden/cases/rudometkin_moc-1.0.0-\(symbol).json").utf8))
    guard case .object(let parameters)? = json["params"], case .array(let signals)? = json["signals"] else {
      throw RunError(.unexpected, "the case of \(symbol) has no params or no signals")
    }
    strategy = try BuiltInStrategies.make(key: "rudometkin_moc", parameters: parameters, timeframe: .d1)
    days = try SampleBars(
      days: BarSeries(csv: SharedData.read("golden/bars/\(symbol).D1.csv"), symbol: symbol, timeframe: .d1))
    self.signals = try signals.map(GoldenDaySignal.init)
  }

  func evaluate() throws -> StrategyResult { try days.evaluate(strategy, tolerance: .anything) }
}

/// A signal as a daily golden case has it.
struct GoldenDaySignal {
  let date: String
  let side: Side
  let entry, score, atr2, atr40: Double

  init(_ json: JSONValue) throws {
    func number(_ name: String) throws -> Double { try #require(json[name]?.doubleValue) }
    date = try #require(json["ts"]?.stringValue)
    side = json["side"] == .string("LONG") ? .buy : .sell
    entry = try number("entry_price")
    score = try number("score")
    atr2 = try number("atr2")
    atr40 = try number("atr40")
    try #require(json["setup"]?.stringValue == (side == .buy ? "moc_long" : "moc_short"))
  }

  /// The numbers that differ by more than 1e-9 of them.
  func differences(from signal: Signal) -> [String] {
    func isNear(_ left: Double?, _ right: Double) -> Bool {
      left.map { abs($0 - right) <= 1e-9 * abs(right) } ?? false
    }
    let checks = [
      ("entry", isNear(signal.entryPrice, entry)), ("score", isNear(signal.evidence["score"]?.doubleValue, score)),
      ("atr2", isNear(signal.evidence["atr2"]?.doubleValue, atr2)),
      ("atr40", isNear(signal.evidence["atr40"]?.doubleValue, atr40)),
      ("setup", signal.evidence["setup"] == .string(side == .buy ? "moc_long" : "moc_short")),
    ]
    return checks.filter { !$0.1 }.map(\.0)
  }
}
