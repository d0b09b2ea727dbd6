import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct RudometkinParametersTests {
  static let defaults: [String: JSONValue] = [
    "entry_stretch1": .double(0.035), "entry_stretch2": .double(0.05), "min_price": .double(10),
    "min_average_volume": .double(1_000_000), "adx_period": .integer(5), "adx_threshold": .double(35),
    "sma_period": .integer(200), "crsi_rank_period": .integer(100), "crsi_price_rsi": .integer(2),
    "crsi_streak_rsi": .integer(2), "crsi_threshold": .double(70), "long_pullback_threshold": .double(0.03),
    "atr40_ratio_bounds": .object(["min": .double(0.01), "max": .double(0.10)]),
    "atr2_ratio_bounds": .object(["min": .double(0.01), "max": .double(0.20)]), "max_daily_signals": .integer(20),
    "universe": .null,
  ]

  @Test func `every default is materialised`() throws {
    let strategy = try make([:])

    #expect(strategy.parameters == Self.defaults)
    #expect(strategy.key == "rudometkin_moc")
    #expect(strategy.timeframe == .d1)
    #expect(
      strategy.features.map(\.description) == [
        "atr_wilder(2)", "atr_wilder(10)", "atr_wilder(40)", "sma(200)", "average_volume(50)", "adx(5)",
        "crsi(2,2,100)", "roc(5)",
      ])
  }

  @Test func `what was materialised means the same again`() throws {
    #expect(try make(Self.defaults).parameters == Self.defaults)
  }

  @Test(arguments: [
    JSONValue.array([.double(0.02), .integer(1)]), .object(["max": .integer(1), "min": .double(0.02)]),
  ])
  func `bounds are a list or an object`(bounds: JSONValue) throws {
    let strategy = try make(["atr2_ratio_bounds": bounds])

    #expect(strategy.parameters["atr2_ratio_bounds"] == .object(["min": .double(0.02), "max": .double(1)]))
  }

  @Test func `a universe is a set of symbols`() throws {
    let strategy = try make(["universe": .array([.string("SPY"), .string("AAPL"), .string("SPY")])])

    #expect(strategy.parameters["universe"] == .array([.string("AAPL"), .string("SPY")]))
  }

  @Test(
    arguments: [
      (["atr_period": .integer(14)], "'atr_period' in params is not known; known are: adx_period, adx_threshold, "),
      (["netting_mode": .null], "'netting_mode' in params is not known; known are: "),
      (["entry_stretch1": .integer(1)], "params.entry_stretch1 must lie in 0.0…0.99, is 1.0"),
      (["adx_period": .integer(0)], "params.adx_period must lie in 1…10000, is 0"),
      (["max_daily_signals": .integer(0)], "params.max_daily_signals must lie in 1…1000000, is 0"),
      (
        ["atr2_ratio_bounds": .double(0.1)],
        "params.atr2_ratio_bounds must be [LOWER, UPPER] or {\"min\": LOWER, \"max\": UPPER}, is 0.1"
      ),
      (["atr2_ratio_bounds": .array([.double(0.1)])], "params.atr2_ratio_bounds must be [LOWER, UPPER]"),
      (
        ["atr40_ratio_bounds": .array([.double(0.2), .double(0.1)])],
        "params.atr40_ratio_bounds must be a lower and an upper bound in 0.0…10.0, is 0.2, 0.1"
      ),
      (["universe": .string("SPY")], "params.universe must be a list, is text"),
      (
        ["universe": .array([.string("../x")])],
        "params.universe[0] must be a symbol, [A-Za-z0-9][A-Za-z0-9._=^-]{0,31}, is '../x'"
      ),
      (["universe": .array([])], "params.universe must have at least one symbol"),
    ] as [([String: JSONValue], String)])
  func `what is wrong with a parameter is said`(parameters: [String: JSONValue], problem: String) {
    let error = #expect(throws: RunError.self) { try make(parameters) }

    #expect(error?.code == .paramsInvalid)
    #expect(error?.message.hasPrefix("rudometkin_moc: \(problem)") == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [Timeframe.m1, .h1])
  func `only daily bars are its own`(timeframe: Timeframe) {
    let error = #expect(throws: RunError.self) {
      try BuiltInStrategies.make(key: "rudometkin_moc", parameters: [:], timeframe: timeframe)
    }

    #expect(error?.code == .paramsInvalid)
    #expect(error?.message.contains("timeframe is \(timeframe.rawValue)") == true)
  }

  private func make(_ parameters: [String: JSONValue]) throws -> any Strategy {
    try BuiltInStrategies.make(key: "rudometkin_moc", parameters: parameters, timeframe: .d1)
  }
}
