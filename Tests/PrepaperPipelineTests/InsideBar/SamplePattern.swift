import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import Testing

/// Bars of five minutes in which nothing happens, but for what a test puts into them.
struct SamplePattern {
  /// Open, high, low, close.
  typealias Prices = (Double, Double, Double, Double)

  /// From 100 to 110, the body from 102 to 108.
  static let mother: Prices = (102, 110, 100, 108)
  /// Inside the mother's body.
  static let inside: Prices = (103, 107, 103, 106)

  private var bars: [Bar] = []
  private let session: Session

  /// A session of bars that each stand apart from the one before, up and up.
  init() throws {
    session = try Session.on("2013-10-04")
    for place in 0..<78 {
      let price = 200 + Double(place) * 10
      bars.append(bar(at: place, (price, price + 4, price, price + 4)))
    }
  }

  /// Puts a mother and the bar after her at a local time, `09:30` for the session's open.
  mutating func put(_ mother: Prices = Self.mother, _ inside: Prices = Self.inside, at local: String) throws {
    let place = try place(of: local)
    bars[place] = bar(at: place, mother)
    bars[place + 1] = bar(at: place + 1, inside)
  }

  /// Takes away the bar at a local time.
  mutating func remove(at local: String) throws {
    let time = session.open + .seconds(300 * (try place(of: local)))
    bars.removeAll { $0.time == time }
  }

  /// What the strategy finds with these parameters, beside those that let every pattern pass.
  func evaluate(_ parameters: [String: JSONValue] = [:], from start: UTCTimestamp? = nil) throws -> StrategyResult {
    try evaluate(
      BuiltInStrategies.make(
        key: "insidebar_intraday", parameters: Self.lenient.merging(parameters) { $1 }, timeframe: .m5), from: start)
  }

  /// What a strategy finds.
  func evaluate(_ strategy: any Strategy, from start: UTCTimestamp? = nil) throws -> StrategyResult {
    var sample = try SampleBars(BarSeries(.m5, bars), sessions: [session])
    if let start { sample.window = TimeSpan(from: start, to: sample.range.to) }
    return try sample.evaluate(strategy, tolerance: HoleTolerance(missingShare: 0.5, longestHole: .seconds(3600)))
  }

  /// The parameters with every filter off, the cap far away, one window until 11:00.
  static let lenient: [String: JSONValue] = [
    "inside_bar_definition_mode": .string("mb_range_hl__ib_hl"), "timeframe_minutes": .integer(5),
    "atr_period": .integer(1), "min_mother_bar_size": .integer(0), "min_mother_body_fraction": .integer(0),
    "min_inside_body_fraction": .integer(0), "stop_distance_cap_ticks": .integer(100_000),
    "session_filter": .array([.string("09:30-11:00")]),
  ]

  private func place(of local: String) throws -> Int {
    let time = try instant("2013-10-04T\(local):00-04:00")
    return Int((time - session.open).inSeconds) / 300
  }

  private func bar(at place: Int, _ prices: Prices) -> Bar {
    Bar(
      time: session.open + .seconds(300 * place), open: prices.0, high: prices.1, low: prices.2, close: prices.3,
      volume: 100)
  }
}
