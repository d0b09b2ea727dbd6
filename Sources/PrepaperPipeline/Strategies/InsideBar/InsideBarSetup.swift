import PrepaperDomain
import PrepaperJSON

/// The parameters that all strategies on inside bars share, read and checked.
struct InsideBarSetup: Sendable {
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
  let riskRewardRatio: Double
  let stopDistanceCap: Double
  let entryLevel: EntryLevel
  let windows: SessionWindows
  let timeframe: Timeframe
  let validityPolicy: ValidityPolicy
  let validity: Duration?
  let validFromPolicy: ValidFromPolicy
  let warmUpBars: Int

  /// Parameters without a default.
  static let required = ["inside_bar_definition_mode", "timeframe_minutes"]
  /// Other names of parameters.
  static let aliases = ["session_windows"]
  /// Names in old backtests that never changed a signal.
  static let accepted = [
    "breakout_confirmation", "trigger_must_be_within_session", "netting_mode", "trailing_*", "max_deviation_atr",
    "max_position_pct", "max_position_loss_pct_equity", "session_mode",
  ]

  /// The shared parameters of a backtest, for bars of a timeframe.
  init(_ reader: inout ParameterReader, timeframe: Timeframe) throws(RunError) {
    definition = try reader.choice("inside_bar_definition_mode")
    inclusion = try reader.choice("inside_bar_mode", default: .inclusive)
    atrPeriod = try reader.integer("atr_period", default: 14, in: 1...10_000)
    minMotherBarSize = try reader.double("min_mother_bar_size", default: 0.5, in: 0...1000)
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
    warmUpBars = max(lookback + patternAge + 10, atrPeriod + 1)
  }

  /// How many bars must have been seen before a window that starts at an instant.
  ///
  /// Within a session window it must be known whether its trade is made already, so its start must be seen.
  func warmUp(beforeWindowAt start: UTCTimestamp) -> WarmUp {
    let place = windows.stretch(at: start, offset: windows.zone.offset(at: start)).place
    return WarmUp(bars: warmUpBars, since: place?.windowStart, barsBeforeSince: atrPeriod + 1)
  }

  /// When orders of a decision may be filled, or nil where the window is over by then.
  func validity(from time: UTCTimestamp, windowEnd: UTCTimestamp) -> TimeSpan? {
    let start = validFromPolicy == .signalTime ? time : time + timeframe.duration
    guard start < windowEnd else { return nil }
    switch validityPolicy {
    case .sessionEnd: return TimeSpan(from: start, to: windowEnd)
    case .oneBar: return TimeSpan(from: start, to: min(start + timeframe.duration, windowEnd))
    case .fixedMinutes: return TimeSpan(from: start, to: min(start + (validity ?? .zero), windowEnd))
    }
  }

  /// What the shared parameters mean, by name.
  static let meanings = [
    "inside_bar_definition_mode": "what of a bar must lie inside what of the bar before it",
    "inside_bar_mode": "whether a bar that touches the limits is inside",
    "atr_period": "bars of the average true range",
    "min_mother_bar_size": "range of the mother bar in average true ranges; 0 switches the filter off",
    "risk_reward_ratio": "distance of the target in distances of the stop",
    "stop_distance_cap_ticks": "the longest distance of the stop, in ticks",
    "tick_size": "a tick in price units",
    "entry_level_mode": "the bar whose high and low are the entries",
    "session_timezone": "the zone of the session windows",
    "session_filter": "windows of the local day, one trade in each",
    "timeframe_minutes": "the length of a bar; must agree with the run's timeframe",
    "order_validity_policy": "how long the orders stand",
    "order_validity_minutes": "minutes of fixed_minutes, cut at the window's end",
    "valid_from_policy": "when the orders begin to stand",
    "max_trades_per_session": "trades in a session window",
    "lookback_candles": "bars of the warm-up",
    "max_pattern_age_candles": "bars of the warm-up",
  ]
}

/// Which part of a bar must lie inside which part of its mother.
enum InsideBarDefinition: String, CaseIterable, Sendable {
  /// High and low inside the mother's body.
  case motherBodyInsideRange = "mb_body_oc__ib_hl"
  /// Body inside the mother's body.
  case motherBodyInsideBody = "mb_body_oc__ib_body"
  /// High and low inside the mother's range.
  case motherRangeInsideRange = "mb_range_hl__ib_hl"
  /// High not above the mother's, close inside her range; the low may be below hers.
  case motherHighInsideHighAndClose = "mb_high__ib_high_and_close_in_mb_range"

  /// The first of these indices whose bar is inside the one before it; where `strict`, touching is outside.
  func first(in range: Range<Int>, of series: BarSeries, strict: Bool) -> Int? {
    precondition(range.lowerBound > 0 && range.upperBound <= series.count, "each of the bars has one before it")
    let (opens, highs, lows, closes) = (series.open, series.high, series.low, series.close)
    return unsafe opens.withUnsafeBufferPointer { open in
      unsafe highs.withUnsafeBufferPointer { high in
        unsafe lows.withUnsafeBufferPointer { low in
          unsafe closes.withUnsafeBufferPointer { close in
            let bars = unsafe PriceColumns(open: open, high: high, low: low, close: close)
            // A loop of its own for each rule: nothing is chosen bar by bar.
            return strict
              ? bars.first(in: range, by: self, isAtMost: { $0 < $1 })
              : bars.first(in: range, by: self, isAtMost: { $0 <= $1 })
          }
        }
      }
    }
  }
}
