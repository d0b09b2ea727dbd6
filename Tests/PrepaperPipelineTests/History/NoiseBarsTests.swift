import PrepaperDomain
import PrepaperPipeline
import PrepaperTestSupport
import Testing

/// Bars that are made up in place of others.
@Suite struct NoiseBarsTests {
  private func series(_ count: Int) throws -> BarSeries {
    var series = BarSeries(symbol: try symbol("SPY"), timeframe: .m5)
    let start = try instant("2025-12-15T14:30:00Z")
    for index in 0..<count {
      let price = 100 + Double(index % 7)
      series.append(
        Bar(
          time: start + .seconds(300 * index), open: price, high: price + 1, low: price - 1, close: price + 0.5,
          volume: 1000))
    }
    return series
  }

  @Test func `they stand at the times of the others, obey the rules of bars, and nothing else is the same`() throws {
    let series = try series(2_000)

    let noise = series.noise(from: 1_000)

    #expect(noise.time == Array(series.time[1_000...]))
    var rules = BarRules(timeframe: .m5)
    for index in 0..<noise.count { #expect(rules.check(noise[index]) == nil) }
    #expect(zip(noise.close, series.close[1_000...]).allSatisfy { $0 != $1 })
    #expect(zip(noise.volume, series.volume[1_000...]).count { $0 == $1 } < 10)
    let share = (0..<noise.count - 1).count { noise.close[$0 + 1] > noise.close[$0] }
    #expect((400...600).contains(share))
  }

  @Test func `they are the same for the same bars and place, and others for another place`() throws {
    let series = try series(100)

    #expect(series.noise(from: 50) == series.noise(from: 50))
    #expect(series.noise(from: 50, count: 7) == series.noise(from: 50).slice(0..<7))
    #expect(series.noise(from: 51).close.first != series.noise(from: 50).close.dropFirst().first)
    #expect(series.noise(from: 100).isEmpty)
    #expect(series.noise(from: 0).count == 100)
  }
}
