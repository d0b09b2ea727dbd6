import PrepaperDomain
import PrepaperIndicators
import PrepaperJSON
import PrepaperPipeline
import PrepaperTestSupport
import Testing

@Suite struct InsideBarLookAheadTests {
  // A seed that fails is named by the test.
  @Test(
    arguments: (UInt64(1)...12).map { ("insidebar_intraday", $0) }
      + (UInt64(1)...8).map { ("confirmed_breakout_intraday", $0) })
  func `what is known at a bar's close does not change later`(key: String, seed: UInt64) throws {
    // Given three days of random bars, and a strategy with random parameters
    var generator = SeededRandom(seed: seed)
    let bars = try randomBars(using: &generator)
    let strategy = try randomStrategy(key, using: &generator)
    let full = try bars.evaluate(strategy)
    try #require(!full.signals.isEmpty)

    // When the bars end at any bar's close, or go on in another way from there
    for index in stride(from: 1, through: bars.series.count, by: 7) {
      let end = index < bars.series.count ? bars.series.time[index] : bars.range.to
      let close = bars.series.time[index - 1] + .seconds(300)
      let cut = try bars.cut(at: close).evaluate(strategy)
      var noisy = bars
      noisy.series = bars.series.withNoise(from: index, using: &generator)
      let other = try noisy.evaluate(strategy)

      // Then all that was decided until then is as it was
      #expect(cut.signals == full.signals.filter { $0.time <= close })
      #expect(cut.rejects == full.rejects.filter { $0.time < close })
      #expect(other.signals.filter { $0.time <= close } == cut.signals)
      #expect(other.rejects.filter { $0.time < end } == cut.rejects)
    }
  }

  @Test(arguments: UInt64(1)...12)
  func `signals are decided at a close, within a window, once for each`(seed: UInt64) throws {
    var generator = SeededRandom(seed: seed)
    let bars = try randomBars(using: &generator)

    let signals = try bars.evaluate(try randomStrategy("insidebar_intraday", using: &generator)).signals

    // Both windows lie in their own half of the day: a group for each half at most.
    let groups = Set(signals.map(\.time))
    #expect(signals.count == 2 * groups.count)
    #expect(Set(groups.map { $0.seconds / 43_200 + ($0.seconds % 86_400 < 61_200 ? 0 : 1) }).count == groups.count)
    #expect(signals.map(\.time) == signals.map(\.time).sorted())
    for signal in signals {
      let validity = try #require(signal.validity)
      let stop = try #require(signal.stopPrice)
      let target = try #require(signal.takeProfitPrice)
      #expect(signal.time.seconds % 300 == 0)
      #expect(signal.time <= validity.from && validity.from < validity.to)
      #expect(
        signal.side == .buy
          ? stop < signal.entryPrice && signal.entryPrice < target
          : target < signal.entryPrice && signal.entryPrice < stop)
    }
  }

  private func randomBars(using generator: inout SeededRandom) throws -> SampleBars {
    let sessions = [
      try Session.on("2013-10-03"), try Session.on("2013-10-04"), try Session.on("2013-10-07", to: "17:00"),
    ]
    let times = sessions.flatMap { $0.bars(every: 5).map(\.time) }
    return try SampleBars(
      BarSeries(.m5, times.map { Bar.random(at: $0, near: 100, using: &generator) }), sessions: sessions)
  }

  private func randomStrategy(_ key: String, using generator: inout SeededRandom) throws -> any Strategy {
    func pick(_ texts: [String]) -> JSONValue { .string(texts[Int.random(in: texts.indices, using: &generator)]) }
    var parameters: [String: JSONValue] = [
      "inside_bar_definition_mode": pick(InsideBarDefinitionTests.modes),
      "inside_bar_mode": pick(["inclusive", "strict"]), "timeframe_minutes": .integer(5),
      "atr_period": .integer(Int64.random(in: 1...20, using: &generator)),
      "min_mother_bar_size": .double(Double.random(in: 0...0.8, using: &generator)),
      "min_mother_body_fraction": .double(Double.random(in: 0...0.2, using: &generator)),
      "min_inside_body_fraction": .double(Double.random(in: 0...0.2, using: &generator)),
      "entry_level_mode": pick(["mother_bar", "inside_bar"]),
      "order_validity_policy": pick(["session_end", "one_bar", "fixed_minutes"]),
      "valid_from_policy": pick(["signal_ts", "next_bar"]),
      "session_filter": .array([.string("09:30-12:00"), .string("13:00-16:00")]),
    ]
    if key == "confirmed_breakout_intraday" {
      // So that each seed has signals, of which this strategy gives few.
      parameters["min_mother_bar_size"] = .double(0)
      parameters["inside_bar_definition_mode"] = .string("mb_range_hl__ib_hl")
      parameters["inside_bar_mode"] = .string("inclusive")
      for name in ["min_mother_body_fraction", "min_inside_body_fraction"] { parameters[name] = nil }
      parameters["mother_range_ratio_min"] = .double(Double.random(in: 0.01...0.1, using: &generator))
      parameters["mother_range_ratio_max"] = .double(Double.random(in: 1...1.4, using: &generator))
    }
    return try BuiltInStrategies.make(key: key, parameters: parameters, timeframe: .m5)
  }
}
