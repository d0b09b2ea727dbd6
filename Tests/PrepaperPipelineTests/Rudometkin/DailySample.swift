import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import PrepaperTestSupport
import Testing

/// Days of a market that rises and falls in turns, and then, on the last of them, what a test puts there.
struct DailySample {
  /// Open, high, low, close.
  typealias Prices = (Double, Double, Double, Double)

  /// Far below its open and a little below the close before it, but above all that was long ago.
  static let pullback: Prices = (131, 132, 120.5, 121)
  /// Far above all that was before.
  static let surge: Prices = (130, 141, 129, 140)

  var bars: [Bar]
  var symbol = "SPY"

  /// That many days, the last of them given; a trend begins some days before it.
  init(days: Int = 260, last: Prices, volume: Double = 2_000_000) {
    let first = CivilDate(year: 2024, month: 1, day: 1)
    bars = (0..<days).map { place in
      // Up and down by a cent until ten days before the end, then up by two and down by one.
      let trend = Double(max(0, place - (days - 11)))
      let price = 100 + (place.isMultiple(of: 2) ? 0.01 : 0) + 2.5 * trend
      let prices: Prices = place == days - 1 ? last : (price, price + 1, price - 1, price + 0.5)
      return Bar(
        time: first.advanced(byDays: place).startUTC, open: prices.0, high: prices.1, low: prices.2, close: prices.3,
        volume: volume)
    }
  }

  /// What the strategy finds on the last day, or from a day on.
  func evaluate(_ parameters: [String: JSONValue] = [:], fromDay day: Int? = nil) throws -> StrategyResult {
    let strategy = try BuiltInStrategies.make(key: "rudometkin_moc", parameters: parameters, timeframe: .d1)
    return try sample(fromDay: day).evaluate(strategy, tolerance: .anything)
  }

  func sample(fromDay day: Int? = nil) throws -> SampleBars {
    var series = BarSeries(symbol: try #require(Symbol(symbol)), timeframe: .d1)
    for bar in bars { series.append(bar) }
    var sample = try SampleBars(days: series)
    sample.window = TimeSpan(from: bars[day ?? bars.count - 1].time, to: sample.range.to)
    return sample
  }
}
