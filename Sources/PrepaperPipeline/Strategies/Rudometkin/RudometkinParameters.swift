package import PrepaperDomain
package import PrepaperJSON

/// The parameters of the market-on-close strategy, read and checked.
package struct RudometkinParameters: Sendable {
  let longStretch: Double
  let shortStretch: Double
  let minPrice: Double
  let minAverageVolume: Double
  let adxPeriod: Int
  let adxThreshold: Double
  let smaPeriod: Int
  let crsiRankPeriod: Int
  let crsiPricePeriod: Int
  let crsiStreakPeriod: Int
  let crsiThreshold: Double
  let longPullbackThreshold: Double
  let atr40Ratio: ClosedRange<Double>
  let atr2Ratio: ClosedRange<Double>
  let maxDailySignals: Int
  let universe: [Symbol]?
  let materialised: [String: JSONValue]
  let declared: [ParameterDeclaration]

  /// The parameters of a backtest, for bars of a timeframe, which must be D1.
  ///
  /// - Throws: `RunError` with `params_invalid`, naming the parameter that is unknown or out of range.
  package init(_ given: [String: JSONValue], timeframe: Timeframe) throws(RunError) {
    guard timeframe == .d1 else {
      throw RunError(
        .paramsInvalid,
        "\(RudometkinStrategy.strategyKey): the run's timeframe is \(timeframe.rawValue), but the strategy is made for "
          + "D1")
    }
    var reader = try ParameterReader(given, of: RudometkinStrategy.self)
    longStretch = try reader.double("entry_stretch1", default: 0.035, in: 0...0.99)
    shortStretch = try reader.double("entry_stretch2", default: 0.05, in: 0...10)
    minPrice = try reader.double("min_price", default: 10, in: 0...1e9)
    minAverageVolume = try reader.double("min_average_volume", default: 1_000_000, in: 0...1e15)
    adxPeriod = try reader.integer("adx_period", default: 5, in: 1...10_000)
    adxThreshold = try reader.double("adx_threshold", default: 35, in: 0...100)
    smaPeriod = try reader.integer("sma_period", default: 200, in: 1...10_000)
    crsiRankPeriod = try reader.integer("crsi_rank_period", default: 100, in: 1...10_000)
    crsiPricePeriod = try reader.integer("crsi_price_rsi", default: 2, in: 1...10_000)
    crsiStreakPeriod = try reader.integer("crsi_streak_rsi", default: 2, in: 1...10_000)
    crsiThreshold = try reader.double("crsi_threshold", default: 70, in: 0...100)
    longPullbackThreshold = try reader.double("long_pullback_threshold", default: 0.03, in: 0...1)
    atr40Ratio = try reader.bounds("atr40_ratio_bounds", default: 0.01...0.10, in: 0...10)
    atr2Ratio = try reader.bounds("atr2_ratio_bounds", default: 0.01...0.20, in: 0...10)
    maxDailySignals = try reader.integer("max_daily_signals", default: 20, in: 1...1_000_000)
    universe = try reader.symbols("universe")
    materialised = reader.materialised
    declared = reader.declared
  }

  /// What the parameters mean, by name.
  static let meanings = [
    "entry_stretch1": "how far below the close a long is bought, as a share of it",
    "entry_stretch2": "how far above the close a short is sold, as a share of it",
    "min_price": "the least close",
    "min_average_volume": "the least mean volume of 50 days",
    "adx_period": "days of the directional index",
    "adx_threshold": "the directional index must be above it",
    "sma_period": "days of the mean that a long's close is above; a shorter series gives no signals",
    "crsi_rank_period": "returns among which the newest is ranked",
    "crsi_price_rsi": "days of the closes' relative strength",
    "crsi_streak_rsi": "days of the streaks' relative strength",
    "crsi_threshold": "a short's Connors relative strength must be above it",
    "long_pullback_threshold": "how far a long's close is below its open, as a share of it",
    "atr40_ratio_bounds": "average true range of 40 days as a share of a short's close",
    "atr2_ratio_bounds": "average true range of 2 days as a share of a short's close",
    "max_daily_signals": "signals per day and side, the best by score",
    "universe": "the symbols that are looked at; null for all",
  ]
}
