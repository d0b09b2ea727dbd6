import PrepaperDomain
import PrepaperIndicators
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct DailySelectionTests {
  @Test func `the best of each day and side are taken, ties by symbol`() throws {
    // Given signals of two days and both sides, two of them with the same score
    var all = StrategyResult()
    all.signals = try [
      signal("C", .buy, day: 1, score: 0.2), signal("B", .buy, day: 1, score: 0.2),
      signal("A", .buy, day: 1, score: 0.1),
      signal("D", .buy, day: 1, score: 0.3), signal("A", .sell, day: 1, score: -5),
      signal("B", .sell, day: 1, score: -4),
      signal("A", .buy, day: 2, score: 0),
    ]
    let other = Reject(time: all.signals[0].time, symbol: all.signals[0].symbol, reason: "no_session", numbers: [:])
    all.rejects = [other]

    let taken = try strategy(limit: 2).select(from: all)

    // Then what is taken keeps its order, and what is cut comes after the rejects that were there
    #expect(taken.signals == [1, 3, 4, 5, 6].map { all.signals[$0] })
    #expect(taken.rejects.first == other)
    let cut = taken.rejects.dropFirst()
    #expect(cut.map(\.symbol.description) == ["C", "A"])
    #expect(cut.map(\.reason) == ["max_daily_signals", "max_daily_signals"])
    #expect(try cut.map(\.time) == [instant("2024-01-01T00:00:00Z"), instant("2024-01-01T00:00:00Z")])
    #expect(cut.map { $0.numbers["rank"] } == [.integer(3), .integer(4)])
    #expect(cut.map { $0.numbers["limit"] } == [.integer(2), .integer(2)])
    #expect(cut.map { $0.numbers["score"] } == [.double(0.2), .double(0.1)])
  }

  @Test func `the order in which symbols come does not change what is taken`() throws {
    let signals = try "DACBE".map { try signal(String($0), .buy, day: 1, score: $0 == "B" ? 2 : 1) }
    let strategy = try strategy(limit: 3)

    for shift in signals.indices {
      var all = StrategyResult()
      all.signals = Array(signals[shift...] + signals[..<shift])
      #expect(Set(strategy.select(from: all).signals.map(\.symbol.description)) == ["A", "B", "C"])
    }
  }

  @Test func `within the limit all are taken`() throws {
    var all = StrategyResult()
    all.signals = try [signal("A", .buy, day: 1, score: 1), signal("B", .buy, day: 1, score: 2)]

    #expect(try strategy(limit: 2).select(from: all) == all)
  }

  private func strategy(limit: Int64) throws -> any Strategy {
    try BuiltInStrategies.make(
      key: "rudometkin_moc", parameters: ["max_daily_signals": .integer(limit)], timeframe: .d1)
  }

  private func signal(_ symbol: String, _ side: Side, day: Int, score: Double) throws -> Signal {
    Signal(
      time: try instant("2024-01-0\(day)T21:00:00Z"), symbol: try #require(Symbol(symbol)), side: side, entryPrice: 10,
      evidence: ["score": .double(score), "bar_ts": .string("2024-01-0\(day)T00:00:00Z")])
  }
}
