import PrepaperDomain
import PrepaperIndicators
import PrepaperTestSupport
import Testing

@Suite struct AverageTrueRangeTests {
  @Test func `the true range has the gap from the close before in it`() throws {
    // Given bars within, above, below and far from the close before them
    let series = try series([
      (10, 12, 9, 11), (11, 12, 10.5, 12), (15, 16, 14, 15), (9, 10, 8, 9), (9, 9, 9, 9), (9, 9.5, 8, 9),
    ])

    let ranges = trueRange(of: series)

    #expect(ranges == [3, 1.5, 4, 7, 0, 1.5])
  }

  @Test(
    arguments: [
      (1, [3, 1.5, 4, 7]), (2, [.nan, 2.25, 2.75, 5.5]), (4, [.nan, .nan, .nan, 3.875]), (5, [.nan, .nan, .nan, .nan]),
    ] as [(Int, [Double])])
  func `the average begins with as many bars as it is long`(period: Int, means: [Double]) throws {
    let series = try series([(10, 12, 9, 11), (11, 12, 10.5, 12), (15, 16, 14, 15), (9, 10, 8, 9)])

    let averages = averageTrueRange(of: series, period: period)

    #expect(averages.map(\.isNaN) == means.map(\.isNaN))
    #expect(averages.filter { !$0.isNaN } == means.filter { !$0.isNaN })
  }

  @Test(arguments: UInt64(1)...3)
  func `an average does not depend on where the series begins`(seed: UInt64) throws {
    var generator = SeededRandom(seed: seed)
    var series = try BarSeries(.m5, [])
    for place in Int64(0)..<300 {
      series.append(.random(at: UTCTimestamp(seconds: place * 300), near: 100, using: &generator))
    }
    let all = averageTrueRange(of: series, period: 14)

    for start in [1, 50, 123] {
      let part = averageTrueRange(of: series.slice(start..<300), period: 14)

      // To the last bit, from the bar on whose average needs nothing from before the start.
      #expect(part.dropFirst(14).elementsEqual(all.dropFirst(start + 14)))
    }
  }

  @Test func `without bars there are no averages`() throws {
    #expect(try averageTrueRange(of: series([]), period: 14).isEmpty)
    #expect(try trueRange(of: series([])).isEmpty)
  }

  private func series(_ prices: [(Double, Double, Double, Double)]) throws -> BarSeries {
    try BarSeries(
      .m5,
      prices.enumerated().map { place, price in
        Bar(
          time: UTCTimestamp(seconds: Int64(place) * 300), open: price.0, high: price.1, low: price.2, close: price.3,
          volume: 1)
      })
  }
}
