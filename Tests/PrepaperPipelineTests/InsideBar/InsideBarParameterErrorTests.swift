import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct InsideBarParameterErrorTests {
  @Test(arguments: [
    (
      "inside_bar_definition_mode",
      "must be one of mb_body_oc__ib_hl, mb_body_oc__ib_body, mb_range_hl__ib_hl, "
        + "mb_high__ib_high_and_close_in_mb_range, is null"
    ),
    ("timeframe_minutes", "must be a whole number, is null"),
  ])
  func `what is required and missing is named, and null is no value`(name: String, problem: String) {
    var parameters = InsideBarParametersTests.required
    parameters[name] = nil

    expect(parameters, areRefusedFor: name, "is missing")
    expect(parameters.merging([name: .null]) { $1 }, areRefusedFor: name, problem)
  }

  @Test func `all that is missing or not known is named at once`() {
    let message = refusal(of: ["atr_periods": .integer(1), "timeframe": .integer(5)])?.message

    #expect(
      message?.hasPrefix(
        "insidebar_intraday: params.inside_bar_definition_mode and params.timeframe_minutes are missing; "
          + "'atr_periods' and 'timeframe' in params are not known; known are: atr_period, ") == true)
  }

  @Test(arguments: [
    ("atr_period", JSONValue.integer(0), "must lie in 1…10000, is 0"),
    ("atr_period", .integer(10_001), "must lie in 1…10000, is 10001"),
    ("min_mother_bar_size", .double(-0.1), "must lie in 0.0…1000.0, is -0.1"),
    ("min_mother_body_fraction", .double(1.01), "must lie in 0.0…1.0, is 1.01"),
    ("min_mother_body_fraction", .double(-0.5), "must lie in 0.0…1.0, is -0.5"),
    ("min_inside_body_fraction", .integer(2), "must lie in 0.0…1.0, is 2.0"),
    ("risk_reward_ratio", .integer(0), "must lie in 0.001…1000.0, is 0.0"),
    ("risk_reward_ratio", .double(-2), "must lie in 0.001…1000.0, is -2.0"),
    ("stop_distance_cap_ticks", .integer(0), "must lie in 1…1000000, is 0"),
    ("stop_distance_cap_ticks", .integer(.max), "must lie in 1…1000000, is 9223372036854775807"),
    ("tick_size", .integer(0), "must lie in 1e-09…1000000.0, is 0.0"),
    ("tick_size", .double(-0.01), "must lie in 1e-09…1000000.0, is -0.01"),
    ("timeframe_minutes", .integer(0), "must lie in 1…60, is 0"),
    ("timeframe_minutes", .integer(1440), "must lie in 1…60, is 1440"),
    ("timeframe_minutes", .integer(2), "must be one of 1, 5, 15, 30, 60, is 2"),
    ("timeframe_minutes", .integer(15), "is 15, but the run's timeframe is M5"),
    ("max_trades_per_session", .integer(2), "must lie in 1…1, is 2"),
    ("max_trades_per_session", .integer(0), "must lie in 1…1, is 0"),
    ("lookback_candles", .integer(-1), "must lie in 0…100000, is -1"),
    ("max_pattern_age_candles", .integer(100_001), "must lie in 0…100000, is 100001"),
  ])
  func `what is out of range is named`(name: String, value: JSONValue, problem: String) {
    expect(with(name, value), areRefusedFor: name, problem)
  }

  @Test(arguments: [
    (
      "inside_bar_definition_mode", JSONValue.string("mb"),
      "must be one of mb_body_oc__ib_hl, mb_body_oc__ib_body, "
        + "mb_range_hl__ib_hl, mb_high__ib_high_and_close_in_mb_range, is 'mb'"
    ),
    ("inside_bar_mode", .string("Strict"), "must be one of inclusive, strict, is 'Strict'"),
    ("inside_bar_mode", .null, "must be one of inclusive, strict, is null"),
    ("entry_level_mode", .integer(1), "must be one of mother_bar, inside_bar, is a number"),
    ("order_validity_policy", .string("day"), "must be one of session_end, one_bar, fixed_minutes, is 'day'"),
    ("valid_from_policy", .array([]), "must be one of signal_ts, next_bar, is a list"),
    ("atr_period", .double(14.5), "must be a whole number, is 14.5"),
    ("atr_period", .string("14"), "must be a whole number, is text"),
    ("atr_period", .null, "must be a whole number, is null"),
    ("timeframe_minutes", .string("M5"), "must be a whole number, is text"),
    ("min_mother_bar_size", .bool(true), "must be a number, is true or false"),
    ("risk_reward_ratio", .string("2.0"), "must be a number, is text"),
    ("session_timezone", .integer(-5), "must be text, is a number"),
    ("session_filter", .string("09:30-11:00"), "must be a list, is text"),
    ("session_windows", .object([:]), "must be a list, is an object"),
    ("session_windows", .null, "must be a list, is null"),
  ])
  func `what is of the wrong kind is named`(name: String, value: JSONValue, problem: String) {
    expect(with(name, value), areRefusedFor: name, problem)
  }

  @Test(arguments: ["session_filter", "session_windows"])
  func `what is of the wrong kind in a list is named with its place`(name: String) {
    expect(
      with(name, .array([.string("09:30-11:00"), .integer(7)])), areRefusedFor: "\(name)[1]",
      "must be text, is a number")
    expect(with(name, .array([.null])), areRefusedFor: "\(name)[0]", "must be text, is null")
  }

  @Test(arguments: [
    "", "09:30", "09:30-", "-11:00", "09:30-11:00-12:00", "9:30-11:00", "09:30-11", "0930-1100", "09:30 - 11:00",
    "11:00-09:30", "09:30-09:30", "09:60-11:00", "25:00-26:00", "09:30-24:01", "24:00-24:00", "09:30-11:0a",
    "+9:30-11:00", "09:30:00-11:00:00", "09:30–11:00", "０９:30-11:00",
  ])
  func `a window that is none is named`(window: String) {
    for name in ["session_filter", "session_windows"] {
      expect(
        with(name, .array([.string("09:30-11:00"), .string(window)])), areRefusedFor: name,
        "has '\(window)'; a window is HH:MM-HH:MM with the start before the end")
    }
  }

  @Test func `without any window nothing could trade`() {
    for name in ["session_filter", "session_windows"] {
      expect(with(name, .array([])), areRefusedFor: name, "must have at least one window")
    }
  }

  @Test(arguments: [
    (["09:30-11:00", "10:00-12:00"], "'10:00-12:00', which overlaps '09:30-11:00'"),
    (["09:30-11:00", "14:00-15:00", "13:00-16:00"], "'13:00-16:00', which overlaps '14:00-15:00'"),
    (["09:30-11:00", "09:30-11:00"], "'09:30-11:00', which overlaps '09:30-11:00'"),
    (["00:00-24:00", "23:59-24:00"], "'23:59-24:00', which overlaps '00:00-24:00'"),
  ])
  func `windows that overlap are named`(windows: [String], problem: String) {
    for name in ["session_filter", "session_windows"] {
      expect(
        with(name, .array(windows.map(JSONValue.string))), areRefusedFor: name,
        "has \(problem): a bar would lie in both")
    }
  }

  @Test(arguments: ["", "EST", "america/new_york", "Australia/Sydney"])
  func `a zone that is not known is named, with those that are`(zone: String) {
    expect(
      with("session_timezone", .string(zone)), areRefusedFor: "session_timezone",
      "is '\(zone)'; known are: \(MarketTimeZone.known.map(\.name).joined(separator: ", "))")
  }

  @Test func `both names of the session filter are one too many`() {
    let windows = JSONValue.array([.string("09:30-11:00")])

    expect(
      with("session_filter", windows).merging(["session_windows": windows]) { $1 }, areRefusedFor: "session_windows",
      "is the same as session_filter: give one of them")
  }

  @Test(arguments: ["session_end", "one_bar"])
  func `a parameter without effect is named`(policy: String) {
    expect(
      with("order_validity_policy", .string(policy)).merging(["order_validity_minutes": .integer(60)]) { $1 },
      areRefusedFor: "order_validity_minutes",
      "has no effect: order_validity_policy is \(policy), not fixed_minutes; leave it out")
  }

  @Test(arguments: [0, 1441])
  func `a validity that is out of range is named`(minutes: Int64) {
    expect(
      with("order_validity_policy", .string("fixed_minutes")).merging(["order_validity_minutes": .integer(minutes)]) {
        $1
      },
      areRefusedFor: "order_validity_minutes", "must lie in 1…1440, is \(minutes)")
  }

  @Test(arguments: ["atr_periods", "ATR_period", "", "trailing", "mother_range_ratio_min", "netting_modes", "symbol"])
  func `a name that is not known is named, with those that are`(name: String) {
    let error = refusal(of: with(name, .integer(1)))

    #expect(error?.code == .paramsInvalid)
    #expect(
      error?.message.hasPrefix("insidebar_intraday: '\(name)' in params is not known; known are: atr_period, ") == true)
    #expect(InsideBarParametersTests.defaults.keys.allSatisfy { error?.message.contains($0) == true })
  }

  @Test func `several unknown names are named in the order of their bytes`() {
    let parameters = with("zeta", .null).merging(["Alpha": .null, "alpha": .null]) { $1 }

    #expect(
      refusal(of: parameters)?.message
        .hasPrefix("insidebar_intraday: 'Alpha', 'alpha' and 'zeta' in params are not known; known are: ") == true)
  }

  private func with(_ name: String, _ value: JSONValue) -> [String: JSONValue] {
    InsideBarParametersTests.required.merging([name: value]) { $1 }
  }

  private func refusal(
    of parameters: [String: JSONValue], sourceLocation: SourceLocation = #_sourceLocation
  ) -> RunError? {
    #expect(throws: RunError.self, sourceLocation: sourceLocation) {
      try BuiltInStrategies.make(key: "insidebar_intraday", parameters: parameters, timeframe: .m5)
    }
  }

  private func expect(
    _ parameters: [String: JSONValue], areRefusedFor name: String, _ problem: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      refusal(of: parameters, sourceLocation: sourceLocation)
        == RunError(.paramsInvalid, "insidebar_intraday: params.\(name) \(problem)"),
      sourceLocation: sourceLocation)
  }
}
