import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import PrepaperTestSupport
import Testing

@Suite struct RudometkinTests {
  @Test func `a pullback in a directed market is bought below its close in the next session`() throws {
    let sample = DailySample(last: DailySample.pullback)

    let result = try sample.evaluate()

    let signal = try #require(result.signals.first)
    let days = try sample.sample()
    let next = try #require(days.sessions.last)
    #expect(result.signals.map(\.side) == [.buy])
    #expect(result.rejects.isEmpty)
    #expect(signal.time == days.sessions.dropLast().last?.close)
    #expect(signal.entryPrice == 121 * (1 - 0.035))
    #expect(signal.validity == next.hours)
    #expect(signal.orderType == "LIMIT" && signal.timeInForce == "DAY")
    #expect(signal.stopPrice == nil && signal.takeProfitPrice == nil)
    #expect(signal.evidence["setup"] == .string("moc_long"))
  }

  @Test func `a surge in a directed market is sold above its close`() throws {
    let result = try DailySample(last: DailySample.surge).evaluate()

    #expect(result.signals.map(\.side) == [.sell])
    #expect(result.signals.map(\.entryPrice) == [140 * (1 + 0.05)])
    #expect(result.signals.map { $0.evidence["setup"] } == [.string("moc_short")])
  }

  @Test(
    arguments: [
      // The close is 121, 10/131 below the open, the mean volume two million.
      (["long_pullback_threshold": .double(0.0763)], 1), (["long_pullback_threshold": .double(0.0764)], 0),
      (["min_price": .integer(121)], 1), (["min_price": .double(121.01)], 0),
      (["min_average_volume": .integer(2_000_000)], 1), (["min_average_volume": .integer(2_000_001)], 0),
      (["adx_threshold": .integer(100)], 0), (["sma_period": .integer(1)], 0),
      (["universe": .array([.string("SPY")])], 1), (["universe": .array([.string("QQQ"), .string("IWM")])], 0),
      (["entry_stretch1": .double(0.1)], 1),
    ] as [([String: JSONValue], Int)])
  func `a long holds to every rule`(parameters: [String: JSONValue], signals: Int) throws {
    let result = try DailySample(last: DailySample.pullback).evaluate(parameters)

    #expect(result.signals.count == signals)
  }

  @Test(
    arguments: [
      (["crsi_threshold": .integer(100)], 0), (["adx_threshold": .integer(100)], 0), (["min_price": .integer(141)], 0),
      (["atr40_ratio_bounds": .array([.double(0.5), .double(1)])], 0),
      (["atr2_ratio_bounds": .array([.double(0.5), .double(1)])], 0),
      (["atr2_ratio_bounds": .object(["min": .double(0), "max": .double(1)])], 1),
    ] as [([String: JSONValue], Int)])
  func `a short holds to every rule`(parameters: [String: JSONValue], signals: Int) throws {
    let result = try DailySample(last: DailySample.surge).evaluate(parameters)

    #expect(result.signals.count == signals)
  }

  @Test(arguments: [(200, 1), (199, 0)])
  func `a series shorter than the long mean has no signals`(days: Int, signals: Int) throws {
    let result = try DailySample(days: days, last: DailySample.surge).evaluate()

    #expect(result.signals.count == signals)
  }

  @Test func `without a next session there is no order`() throws {
    var bars = try DailySample(last: DailySample.surge).sample()
    bars.sessions.removeLast()
    let strategy = try BuiltInStrategies.make(key: "rudometkin_moc", parameters: [:], timeframe: .d1)

    let result = try bars.evaluate(strategy, tolerance: .anything)

    #expect(result.signals.isEmpty)
    #expect(result.rejects.map(\.reason) == ["no_next_session"])
    #expect(result.rejects.map(\.time) == [bars.series.time.last])
  }

  @Test func `a day on which the calendar has no session has no order`() throws {
    // Given the last two days, of which the second one is no session
    let sample = DailySample(last: DailySample.surge)
    var bars = try sample.sample(fromDay: sample.bars.count - 2)
    bars.sessions.remove(at: bars.sessions.count - 2)
    let strategy = try BuiltInStrategies.make(key: "rudometkin_moc", parameters: [:], timeframe: .d1)

    let result = try bars.evaluate(strategy, tolerance: .anything)

    let last = try #require(bars.series.time.last)
    #expect(result.rejects.filter { $0.time == last }.map(\.reason) == ["no_session"])
    #expect(result.signals.allSatisfy { $0.time < last })
  }

  @Test(
    arguments: [
      ([:], 200), (["sma_period": .integer(250)], 250), (["crsi_rank_period": .integer(300)], 301),
      (["sma_period": .integer(20)], 200),
    ] as [([String: JSONValue], Int)])
  func `the warm-up is always the same`(parameters: [String: JSONValue], bars: Int) throws {
    let strategy = try BuiltInStrategies.make(key: "rudometkin_moc", parameters: parameters, timeframe: .d1)

    #expect(strategy.warmUpBars == bars)
    #expect(strategy.warmUp(beforeWindowAt: try instant("2024-01-02T15:00:00Z")) == WarmUp(bars: bars))
  }
}
