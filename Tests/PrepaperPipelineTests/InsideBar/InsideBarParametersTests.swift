import PrepaperDomain
import PrepaperIndicators
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct InsideBarParametersTests {
  static let required: [String: JSONValue] = [
    "inside_bar_definition_mode": .string("mb_range_hl__ib_hl"), "timeframe_minutes": .integer(5),
  ]

  static let defaults: [String: JSONValue] = [
    "inside_bar_definition_mode": .string("mb_range_hl__ib_hl"), "inside_bar_mode": .string("inclusive"),
    "atr_period": .integer(14), "min_mother_bar_size": .double(0.5), "min_mother_body_fraction": .double(0.55),
    "min_inside_body_fraction": .double(0.40), "risk_reward_ratio": .double(2.0),
    "stop_distance_cap_ticks": .integer(40), "tick_size": .double(0.01), "entry_level_mode": .string("mother_bar"),
    "session_timezone": .string("America/New_York"),
    "session_filter": .array([.string("09:30-11:00"), .string("14:00-15:00")]), "timeframe_minutes": .integer(5),
    "order_validity_policy": .string("session_end"), "valid_from_policy": .string("signal_ts"),
    "max_trades_per_session": .integer(1), "lookback_candles": .integer(50), "max_pattern_age_candles": .integer(12),
  ]

  @Test func `every default is materialised`() throws {
    let strategy = try make([:])

    #expect(strategy.parameters == Self.defaults)
    #expect(strategy.ignoredParameters.isEmpty)
    #expect(strategy.key == "insidebar_intraday")
    #expect(strategy.timeframe == .m5)
    #expect(strategy.features == [.averageTrueRange(period: 14)])
    #expect(strategy.warmUpBars == 72)
  }

  @Test func `what is given stands in the place of the default`() throws {
    // Given another value for everything, whole numbers and others mixed up
    let given: [String: JSONValue] = [
      "inside_bar_definition_mode": .string("mb_body_oc__ib_body"), "inside_bar_mode": .string("strict"),
      "atr_period": .double(8), "min_mother_bar_size": .integer(0), "min_mother_body_fraction": .integer(1),
      "min_inside_body_fraction": .double(0.1), "risk_reward_ratio": .double(1.5),
      "stop_distance_cap_ticks": .integer(90), "tick_size": .double(0.25), "entry_level_mode": .string("inside_bar"),
      "session_timezone": .string("UTC"), "session_filter": .array([.string("00:00-24:00")]),
      "timeframe_minutes": .double(5), "order_validity_policy": .string("fixed_minutes"),
      "order_validity_minutes": .integer(30), "valid_from_policy": .string("next_bar"),
      "max_trades_per_session": .integer(1), "lookback_candles": .integer(0), "max_pattern_age_candles": .integer(100),
    ]

    let strategy = try make(given)

    // Then each has the kind of its default
    var expected = given
    expected["atr_period"] = .integer(8)
    expected["timeframe_minutes"] = .integer(5)
    expected["min_mother_bar_size"] = .double(0)
    expected["min_mother_body_fraction"] = .double(1)
    #expect(strategy.parameters == expected)
    #expect(strategy.features == [.averageTrueRange(period: 8)])
    #expect(strategy.warmUpBars == 110)
  }

  @Test func `the validity in minutes has a default where it counts`() throws {
    let strategy = try make(["order_validity_policy": .string("fixed_minutes")])

    #expect(strategy.parameters["order_validity_minutes"] == .integer(60))
  }

  @Test func `the older name of the session filter is the same`() throws {
    let windows = JSONValue.array([.string("10:00-11:00")])

    let strategy = try make(["session_windows": windows])

    #expect(strategy.parameters["session_filter"] == windows)
    #expect(strategy.parameters["session_windows"] == nil)
    #expect(strategy.parameters.count == Self.defaults.count)
  }

  @Test func `names of old backtests are accepted and listed`() throws {
    let names = [
      "breakout_confirmation", "max_deviation_atr", "max_position_loss_pct_equity", "max_position_pct", "netting_mode",
      "session_mode", "trailing_", "trailing_stop_atr", "trigger_must_be_within_session",
    ]

    let strategy = try make(Dictionary(uniqueKeysWithValues: names.map { ($0, .null) }))

    #expect(strategy.ignoredParameters == names)
    #expect(strategy.parameters == Self.defaults)
  }

  @Test(arguments: [(1, .m1), (5, .m5), (15, .m15), (30, .m30), (60, .h1)] as [(Int64, Timeframe)])
  func `each timeframe within a day is known`(minutes: Int64, timeframe: Timeframe) throws {
    let strategy = try BuiltInStrategies.make(
      key: "insidebar_intraday",
      parameters: Self.required.merging(["timeframe_minutes": .integer(minutes)]) { $1 }, timeframe: timeframe)

    #expect(strategy.timeframe == timeframe)
  }

  @Test(arguments: ["insidebar_intraday", "inside_bar"])
  func `the strategy has a key and an older name`(key: String) throws {
    let strategy = try BuiltInStrategies.make(key: key, parameters: Self.required, timeframe: .m5)

    #expect(strategy.key == "insidebar_intraday")
    #expect(!strategy.rules.isEmpty)
    #expect(BuiltInStrategies.keys.first == "insidebar_intraday")
  }

  @Test(arguments: ["", "Inside_Bar", "inside_bar ", "moonshot"])
  func `another strategy is not known`(key: String) {
    let error = #expect(throws: RunError.self) {
      try BuiltInStrategies.make(key: key, parameters: Self.required, timeframe: .m5)
    }

    #expect(
      error
        == RunError(
          .unknownStrategy,
          "strategy '\(key)' is not known; known are: insidebar_intraday, confirmed_breakout_intraday, rudometkin_moc"))
  }

  private func make(_ parameters: [String: JSONValue]) throws -> any Strategy {
    try BuiltInStrategies.make(
      key: "insidebar_intraday", parameters: Self.required.merging(parameters) { $1 }, timeframe: .m5)
  }
}
