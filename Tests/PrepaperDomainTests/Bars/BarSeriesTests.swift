import PrepaperDomain
import Testing

@Suite struct BarSeriesTests {
  @Test func `a bar comes back as it went in`() throws {
    let first = Bar(time: UTCTimestamp(seconds: 0), open: 10, high: 12, low: 9, close: 11, volume: 100)
    let second = Bar(time: UTCTimestamp(seconds: 300), open: 20, high: 22, low: 19, close: 21, volume: 200)

    let series = try series([first, second])

    #expect(series[0] == first)
    #expect(series[1] == second)
    #expect(series.count == 2)
    #expect(!series.isEmpty)
    #expect([series.open, series.high, series.low, series.close] == [[10, 20], [12, 22], [9, 19], [11, 21]])
    #expect(series.volume == [100, 200])
    #expect(series.time.map(\.seconds) == [0, 300])
  }

  @Test func `an empty series finds nothing`() throws {
    var series = try series([])
    series.reserveCapacity(100)

    #expect(series.isEmpty)
    #expect(series.firstIndex(atOrAfter: UTCTimestamp(seconds: 0)) == 0)
    #expect(series.indices(in: TimeSpan(from: UTCTimestamp(seconds: 0), to: UTCTimestamp(seconds: 9))).isEmpty)
  }

  @Test(arguments: 0...9)
  func `bisection finds what a walk finds`(count: Int) throws {
    // Given bars every 300 s, with a hole after every third
    let times = (0..<Int64(count)).map { number -> Int64 in number * 300 + number / 3 * 6000 }
    let series = try series(times.map(bar))

    // When every instant around every bar is asked for
    let around: [Int64] = times + [-1000, 100_000]
    for time in around.flatMap({ time -> [Int64] in [time - 1, time, time + 1] }) {
      let found = series.firstIndex(atOrAfter: UTCTimestamp(seconds: time))

      // Then it is the first that a walk comes to
      #expect(found == times.firstIndex { $0 >= time } ?? count)
    }
  }

  @Test(arguments: [
    (0, 600, 0..<2), (0, 601, 0..<3), (1, 600, 1..<2), (300, 300, 1..<1), (-50, 0, 0..<0), (-50, 9999, 0..<4),
    (900, 1000, 3..<4), (901, 1000, 4..<4),
  ])
  func `a span has the bars that open in it`(from: Int64, to: Int64, indices: Range<Int>) throws {
    let series = try series([0, 300, 600, 900].map(bar))

    #expect(series.indices(in: TimeSpan(from: UTCTimestamp(seconds: from), to: UTCTimestamp(seconds: to))) == indices)
  }

  @Test func `a slice is a series of its own`() throws {
    let whole = try series([0, 300, 600, 900].map(bar))

    let part = whole.slice(1..<3)

    #expect(part == (try series([300, 600].map(bar))))
    #expect(part.symbol == whole.symbol)
    #expect(part.timeframe == .m5)
    #expect(whole.slice(2..<2).isEmpty)
  }

  private func bar(_ seconds: Int64) -> Bar {
    let price = 100 + Double(seconds)
    return Bar(
      time: UTCTimestamp(seconds: seconds), open: price, high: price + 2, low: price - 2, close: price + 1,
      volume: price * 10)
  }

  private func series(_ bars: [Bar]) throws -> BarSeries {
    var series = BarSeries(symbol: try #require(Symbol("SPY")), timeframe: .m5)
    for bar in bars { series.append(bar) }
    return series
  }
}
