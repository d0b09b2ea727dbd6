import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct InsideBarWindowTests {
  @Test(arguments: [
    // lookback, pattern age, ATR period
    (50, 12, 14, 72), (0, 0, 1, 10), (0, 0, 9, 10), (0, 0, 10, 11), (0, 0, 100, 101), (20, 12, 14, 42),
  ])
  func `the warm-up is what the parameters ask for, and the average`(
    lookback: Int, age: Int, period: Int, bars: Int
  ) throws {
    let strategy = try strategy([
      "lookback_candles": .integer(Int64(lookback)), "max_pattern_age_candles": .integer(Int64(age)),
      "atr_period": .integer(Int64(period)),
    ])

    #expect(strategy.warmUpBars == bars)
  }

  @Test(arguments: [
    // A window from 9:30 to 11:00 and one from 14:00 to 15:00 in New York.
    ("2013-10-04T13:29:59Z", nil), ("2013-10-04T13:30:00Z", "13:30"), ("2013-10-04T14:59:59Z", "13:30"),
    ("2013-10-04T15:00:00Z", nil), ("2013-10-04T17:00:00Z", nil), ("2013-10-04T18:10:00Z", "18:00"),
    ("2013-12-04T15:30:00Z", "14:30"),
  ])
  func `within a session window the warm-up reaches back to its start`(start: String, since: String?) throws {
    let strategy = try strategy([
      "lookback_candles": .integer(0), "max_pattern_age_candles": .integer(0), "atr_period": .integer(10),
      "session_filter": .array([.string("09:30-11:00"), .string("14:00-15:00")]),
    ])

    // 11 bars are for the average.
    let expected = WarmUp(
      bars: 11, since: try since.map { try instant("\(start.prefix(10))T\($0):00Z") }, barsBeforeSince: 11)
    #expect(strategy.warmUp(beforeWindowAt: try instant(start)) == expected)
  }

  @Test func `a trade before the window uses up its session window`() throws {
    // Given patterns at 9:40 and 10:00, and a window that begins between them
    var pattern = try SamplePattern()
    try pattern.put(at: "09:40")
    try pattern.put(at: "10:00")
    let start = try instant("2013-10-04T13:55:00Z")

    let result = try pattern.evaluate(from: start)

    #expect(result == StrategyResult())
  }

  @Test(arguments: [("2013-10-04T14:05:00Z", 2), ("2013-10-04T14:05:00.000001Z", 0), ("2013-10-04T14:00:01Z", 2)])
  func `a signal belongs to the window that its inside bar opens in`(start: String, signals: Int) throws {
    var pattern = try SamplePattern()
    try pattern.put(at: "10:00")

    #expect(try pattern.evaluate(from: instant(start)).signals.count == signals)
  }

  @Test func `rejects before the window are not told`() throws {
    // Given two patterns that are refused
    var pattern = try SamplePattern()
    try pattern.put(at: "09:40")
    try pattern.put(at: "10:00")

    let rejects = try pattern.evaluate(
      ["min_inside_body_fraction": .integer(1)], from: instant("2013-10-04T13:55:00Z")
    ).rejects

    #expect(rejects.map(\.time.rfc3339) == ["2013-10-04T14:05:00Z"])
  }

  @Test(arguments: 0...1)
  func `a history of hardly a bar has no pattern`(count: Int) throws {
    let session = try Session.on("2013-10-04", to: count == 0 ? "13:31" : "13:35")
    let bars = try SampleBars(BarSeries(.m5, Array(session.bars(every: 5).prefix(count))), sessions: [session])

    let result = try bars.evaluate(strategy([:]), tolerance: HoleTolerance(missingShare: 1))

    #expect(result == StrategyResult())
  }

  private func strategy(_ parameters: [String: JSONValue]) throws -> any Strategy {
    try BuiltInStrategies.make(
      key: "insidebar_intraday", parameters: SamplePattern.lenient.merging(parameters) { $1 }, timeframe: .m5)
  }
}
