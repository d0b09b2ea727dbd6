package import PrepaperDomain

/// The parameters of the inside bar strategy, read and checked.
package struct InsideBarParameters: Sendable {
  enum Inclusion: String, CaseIterable { case inclusive, strict }
  enum EntryLevel: String, CaseIterable {
    case motherBar = "mother_bar"
    case insideBar = "inside_bar"
  }
  enum ValidityPolicy: String, CaseIterable {
    case sessionEnd = "session_end"
    case oneBar = "one_bar"
    case fixedMinutes = "fixed_minutes"
  }
  enum ValidFromPolicy: String, CaseIterable {
    case signalTime = "signal_ts"
    case nextBar = "next_bar"
  }

  let definition: InsideBarDefinition
  let inclusion: Inclusion
  let atrPeriod: Int
  let minMotherBarSize: Double
  let minMotherBodyFraction: Double
  let minInsideBodyFraction: Double
  let riskRewardRatio: Double
  let stopDistanceCap: Double
  let entryLevel: EntryLevel
  let windows: SessionWindows
  let timeframe: Timeframe
  let validityPolicy: ValidityPolicy
  let validity: Duration?
  let validFromPolicy: ValidFromPolicy
  let warmUp: Int
  let materialised: [String: JSONValue]
  let ignored: [String]

  /// Names in old backtests that never changed a signal.
  private static let accepted = [
    "breakout_confirmation", "trigger_must_be_within_session", "netting_mode", "trailing_*", "max_deviation_atr",
    "max_position_pct", "max_position_loss_pct_equity", "session_mode",
  ]

  /// The parameters of a backtest, for bars of a timeframe.
  ///
  /// - Throws: `RunError` with `params_invalid`, naming the parameter that is unknown, out of range, missing or
  ///   without effect.
  package init(_ given: [String: JSONValue], timeframe: Timeframe) throws(RunError) {
    var reader = ParameterReader(given, strategy: InsideBarStrategy.strategyKey)
    definition = try reader.choice("inside_bar_definition_mode")
    inclusion = try reader.choice("inside_bar_mode", default: .inclusive)
    atrPeriod = try reader.integer("atr_period", default: 14, in: 1...10_000)
    minMotherBarSize = try reader.double("min_mother_bar_size", default: 0.5, in: 0...1000)
    minMotherBodyFraction = try reader.double("min_mother_body_fraction", default: 0.55, in: 0...1)
    minInsideBodyFraction = try reader.double("min_inside_body_fraction", default: 0.40, in: 0...1)
    riskRewardRatio = try reader.double("risk_reward_ratio", default: 2, in: 0.001...1000)
    let capTicks = try reader.integer("stop_distance_cap_ticks", default: 40, in: 1...1_000_000)
    let tickSize = try reader.double("tick_size", default: 0.01, in: 1e-9...1e6)
    stopDistanceCap = Double(capTicks) * tickSize
    entryLevel = try reader.choice("entry_level_mode", default: .motherBar)
    windows = try SessionWindows(
      zone: reader.string("session_timezone", default: "America/New_York"),
      windows: reader.strings(
        "session_filter", alias: "session_windows", default: ["09:30-11:00", "14:00-15:00"]),
      reader: reader)
    self.timeframe = timeframe
    let minutes = try reader.integer("timeframe_minutes", in: 1...60)
    guard [1, 5, 15, 30, 60].contains(minutes) else {
      throw reader.invalid("timeframe_minutes", "must be one of 1, 5, 15, 30, 60, is \(minutes)")
    }
    guard minutes == timeframe.minutes else {
      throw reader.invalid("timeframe_minutes", "is \(minutes), but the run's timeframe is \(timeframe.rawValue)")
    }
    validityPolicy = try reader.choice("order_validity_policy", default: .sessionEnd)
    if validityPolicy == .fixedMinutes {
      validity = .seconds(60 * (try reader.integer("order_validity_minutes", default: 60, in: 1...1440)))
    } else {
      validity = nil
      try reader.refuse(
        "order_validity_minutes", because: "order_validity_policy is \(validityPolicy.rawValue), not fixed_minutes")
    }
    validFromPolicy = try reader.choice("valid_from_policy", default: .signalTime)
    _ = try reader.integer("max_trades_per_session", default: 1, in: 1...1)
    let lookback = try reader.integer("lookback_candles", default: 50, in: 0...100_000)
    let patternAge = try reader.integer("max_pattern_age_candles", default: 12, in: 0...100_000)
    warmUp = max(lookback + patternAge + 10, atrPeriod + 1)
    ignored = try reader.finish(accepting: Self.accepted)
    materialised = reader.materialised
  }
}
