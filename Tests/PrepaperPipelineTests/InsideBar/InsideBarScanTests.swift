import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import PrepaperTestSupport
import Testing

@Suite struct InsideBarScanTests {
  // A seed that fails is named by the test.
  @Test(arguments: UInt64(1)...20)
  func `bars are found as if each were looked at by itself`(seed: UInt64) throws {
    // Given random bars with gaps around a clock change, and random windows, in any order
    var generator = SeededRandom(seed: seed)
    let sessions = [
      try Session.on("2025-03-06", from: "05:00", to: "23:59"),
      try Session.on("2025-03-09", from: "01:00", to: "23:59"),
    ]
    let times = sessions.flatMap { $0.bars(every: 5).map(\.time) }.filter { _ in generator.pick(12) > 0 }
    let bars = times.map { Bar.random(at: $0, near: 100, using: &generator) }
    var windows: [(start: Int, end: Int)] = []
    for _ in 0..<6 {
      let start = generator.pick(22)
      let end = start + 1 + generator.pick(24 - start)
      if windows.allSatisfy({ end <= $0.start || $0.end <= start }) { windows.append((start, end)) }
    }
    let strategy = try BuiltInStrategies.make(
      key: "insidebar_intraday",
      parameters: SamplePattern.lenient.merging([
        "session_filter": .array(windows.map { .string("\(hour($0.start)):00-\(hour($0.end)):00") })
      ]) { $1 }, timeframe: .m5)

    let result = try SampleBars(BarSeries(.m5, bars), sessions: sessions).evaluate(strategy, tolerance: .anything)

    // Then the decisions are those of the rules, word by word
    let expected = decisions(bars, windows)
    #expect(result.signals.filter { $0.side == .buy }.map(\.time) == expected.made)
    #expect(result.rejects.map(\.time) == expected.refused)
  }

  /// When trades are made, and which inside bars are refused, by the rules and nothing else.
  private func decisions(_ bars: [Bar], _ windows: [(start: Int, end: Int)]) -> (
    made: [UTCTimestamp], refused: [UTCTimestamp]
  ) {
    func key(_ time: UTCTimestamp) -> [Int64]? {
      let local = time.seconds + MarketTimeZone.newYork.offset(at: time)
      let hour = local % 86_400 / 3600
      return windows.firstIndex { $0.start <= hour && hour < $0.end }.map { [local / 86_400, Int64($0)] }
    }
    var consumed: Set<[Int64]> = []
    var (made, refused): ([UTCTimestamp], [UTCTimestamp]) = ([], [])
    for (mother, bar) in zip(bars, bars.dropFirst()) {
      guard let place = key(bar.time), !consumed.contains(place), bar.high <= mother.high, bar.low >= mother.low else {
        continue
      }
      guard key(mother.time) == place, bar.time - mother.time == .seconds(300) else {
        refused.append(bar.time)
        continue
      }
      consumed.insert(place)
      let close = bar.time + .seconds(300)
      // A window is over where none of the day's minutes from there on lies in it.
      let isOver = !(0..<1_500).contains { key(close + .seconds(60 * $0)) == place }
      if isOver || mother.high == mother.low { refused.append(bar.time) } else { made.append(close) }
    }
    return (made, refused)
  }

  private func hour(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
