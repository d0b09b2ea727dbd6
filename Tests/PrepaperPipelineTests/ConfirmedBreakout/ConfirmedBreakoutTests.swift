import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import PrepaperTestSupport
import Testing

@Suite struct ConfirmedBreakoutTests {
  typealias Prices = SamplePattern.Prices

  /// From 100 to 110, green.
  private static let green: Prices = (102, 110, 100, 108)
  /// From 100 to 110, red.
  private static let red: Prices = (108, 110, 100, 102)

  @Test(
    arguments: [
      (green, (103, 109, 101, 106), Side.buy, 110, 100, 130), (red, (106, 109, 101, 103), .sell, 100, 110, 80),
    ] as [(Prices, Prices, Side, Double, Double, Double)])
  func `two bars of a colour give one order in their direction`(
    mother: Prices, inside: Prices, side: Side, entry: Double, stop: Double, target: Double
  ) throws {
    // Given an inside bar of 8 in a mother of 10
    let result = try evaluate(mother, inside)

    let signal = try #require(result.signals.first)
    #expect(result.signals.count == 1)
    #expect(result.rejects.isEmpty)
    #expect(signal.side == side)
    #expect(signal.entryPrice == entry)
    #expect(signal.stopPrice == stop)
    #expect(signal.takeProfitPrice == target)
    #expect(signal.orderType == "STOP")
    #expect(signal.ocoGroup == nil)
    #expect(signal.templateID == "cb_SPY_20131004_141000_\(side.rawValue)")
    #expect(try signal.validity == TimeSpan(from: instant("2013-10-04T14:10:00Z"), to: instant("2013-10-04T15:00:00Z")))
  }

  @Test(
    arguments: [
      (green, (106, 109, 101, 103)), (red, (103, 109, 101, 106)),
    ] as [(Prices, Prices)])
  func `bars of different colours are refused`(mother: Prices, inside: Prices) throws {
    let result = try evaluate(mother, inside)

    #expect(result.signals.isEmpty)
    #expect(result.rejects.map(\.reason) == ["colours_differ"])
  }

  @Test(
    arguments: [
      ((105, 110, 100, 105), (103, 109, 101, 106)), (green, (104, 109, 101, 104)),
    ] as [(Prices, Prices)])
  func `a bar without a body has no colour`(mother: Prices, inside: Prices) throws {
    let result = try evaluate(mother, inside)

    #expect(result.signals.isEmpty)
    #expect(result.rejects.map(\.reason) == ["doji"])
  }

  @Test(arguments: [(0.8, 0.9, 1), (0.7, 0.8, 1), (0.801, 0.9, 0), (0.7, 0.799, 0)])
  func `the ratio of the ranges may touch its bounds`(least: Double, most: Double, signals: Int) throws {
    // Given a ratio of 0.8
    let parameters: [String: JSONValue] = [
      "mother_range_ratio_min": .double(least), "mother_range_ratio_max": .double(most),
    ]

    let result = try evaluate(Self.green, (103, 109, 101, 106), parameters)

    #expect(result.signals.count == signals)
    #expect(result.rejects.map(\.reason) == (signals == 0 ? ["range_ratio"] : []))
    if let reject = result.rejects.first {
      #expect(
        reject.numbers == [
          "mother_ts": .string("2013-10-04T14:00:00Z"), "ratio": .double(0.8), "min": .double(least),
          "max": .double(most),
        ])
    }
  }

  @Test func `two bars without a range have no ratio`() throws {
    let result = try evaluate((100, 100, 100, 100), (100, 100, 100, 100))

    #expect(result.signals.isEmpty)
    #expect(result.rejects.map(\.reason) == ["range_ratio"])
    #expect(result.rejects.first?.numbers["ratio"] == .null)
  }

  @Test func `a pattern without an order makes its window's trade all the same`() throws {
    // Given a pattern of different colours, and a good one after it
    var pattern = try SamplePattern()
    try pattern.put(Self.green, (106, 109, 101, 103), at: "10:00")
    try pattern.put(Self.green, (103, 109, 101, 106), at: "10:15")

    let result = try pattern.evaluate(strategy())

    #expect(result.signals.isEmpty)
    #expect(result.rejects.map(\.reason) == ["colours_differ"])
  }

  @Test func `a mother that is too small leaves the window open`() throws {
    var pattern = try SamplePattern()
    try pattern.put(Self.green, (103, 109, 101, 106), at: "10:00")
    try pattern.put((102, 150, 100, 148), (103, 141, 101, 140), at: "10:15")

    let result = try pattern.evaluate(strategy(["min_mother_bar_size": .double(0.2)]))

    #expect(result.rejects.map(\.reason) == ["mother_too_small"])
    #expect(result.signals.map(\.time.rfc3339) == ["2013-10-04T14:25:00Z"])
  }

  @Test func `every default is materialised`() throws {
    let strategy = try BuiltInStrategies.make(
      key: "confirmed_breakout", parameters: InsideBarParametersTests.required, timeframe: .m5)

    var defaults = InsideBarParametersTests.defaults
    defaults["min_mother_body_fraction"] = nil
    defaults["min_inside_body_fraction"] = nil
    defaults["mother_range_ratio_min"] = .double(0.751)
    defaults["mother_range_ratio_max"] = .double(0.912)
    #expect(strategy.parameters == defaults)
    #expect(strategy.key == "confirmed_breakout_intraday")
    #expect(strategy.warmUpBars == 72)
  }

  @Test(
    arguments: [
      (
        ["min_mother_body_fraction": .double(0.5)],
        "'min_mother_body_fraction' in params is not known; known are: atr_period"
      ),
      (
        ["min_inside_body_fraction": .double(0.5)],
        "'min_inside_body_fraction' in params is not known; known are: atr_period"
      ),
      (["mother_range_ratio_min": .integer(0)], "params.mother_range_ratio_min must be above 0"),
      (["mother_range_ratio_max": .double(1.51)], "params.mother_range_ratio_max must lie in 0.0…1.5, is 1.51"),
      (
        ["mother_range_ratio_min": .double(0.912)], "params.mother_range_ratio_min must be below mother_range_ratio_max"
      ),
    ] as [([String: JSONValue], String)])
  func `what is wrong with a parameter is said`(parameters: [String: JSONValue], problem: String) {
    let error = #expect(throws: RunError.self) { try strategy(parameters) }

    #expect(error?.code == .paramsInvalid)
    #expect(error?.message.hasPrefix("confirmed_breakout_intraday: \(problem)") == true)
  }

  private func evaluate(_ mother: Prices, _ inside: Prices, _ parameters: [String: JSONValue] = [:]) throws
    -> StrategyResult
  {
    var pattern = try SamplePattern()
    try pattern.put(mother, inside, at: "10:00")
    return try pattern.evaluate(strategy(parameters))
  }

  private func strategy(_ parameters: [String: JSONValue] = [:]) throws -> any Strategy {
    var lenient = SamplePattern.lenient
    lenient["min_mother_body_fraction"] = nil
    lenient["min_inside_body_fraction"] = nil
    return try BuiltInStrategies.make(
      key: "confirmed_breakout_intraday", parameters: lenient.merging(parameters) { $1 }, timeframe: .m5)
  }
}
