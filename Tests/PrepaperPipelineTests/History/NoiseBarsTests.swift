import PrepaperDomain
import PrepaperPipeline
import PrepaperTestSupport
import Testing

/// Bars that are put in place of others.
@Suite struct NoiseBarsTests {
  /// Sessions of M5 on a grid of 0.05, with ties, zero volumes and holes; volumes grow over the day.
  private func series(sessions: Int) throws -> BarSeries {
    var random = SeededRandom(seed: 7)
    var series = BarSeries(symbol: try symbol("SPY"), timeframe: .m5)
    var price = 2_000
    for day in 0..<sessions {
      let open = try instant("2025-12-01T14:30:00Z") + .seconds(86_400 * day)
      for index in 0..<78 where random.pick(20) > 0 {
        let first = price
        price += random.pick(5) - 2
        let (top, bottom) = (max(first, price) + random.pick(3), min(first, price) - random.pick(3))
        series.append(
          Bar(
            time: open + .seconds(300 * index), open: Double(first) * 5 / 100, high: Double(top) * 5 / 100,
            low: Double(bottom) * 5 / 100, close: Double(price) * 5 / 100,
            volume: random.pick(10) == 0 ? 0 : Double(1_000 * (index + 1))))
      }
      price += random.pick(41) - 20
    }
    return series
  }

  private func share(_ series: BarSeries, _ isMet: (Int) -> Bool) -> Double {
    Double((1..<series.count).count(where: isMet)) / Double(series.count - 1)
  }

  @Test func `they stand at the times of the others and obey the rules of bars`() throws {
    let series = try series(sessions: 20)
    let cut = series.count / 2

    let noise = NoiseBars(of: series, in: .newYork).bars(at: cut..<series.count)

    #expect(noise.time == Array(series.time[cut...]))
    var rules = BarRules(timeframe: .m5)
    for index in 0..<noise.count { #expect(rules.check(noise[index]) == nil) }
    let same = (0..<noise.count).count { noise.close[$0] == series.close[cut + $0] }
    #expect(same < noise.count / 10)
  }

  @Test func `their prices are on the grid, and ties and volumes are of the kinds of real ones`() throws {
    let series = try series(sessions: 20)
    let noise = NoiseBars(of: series, in: .newYork)
    let variants = (0..<8).map { noise.bars(at: 78..<series.count, variant: $0) }

    let volumes = Set(series.volume)
    for bars in variants {
      for price in bars.open + bars.high + bars.low + bars.close { #expect((price * 20).rounded() / 20 == price) }
      #expect(bars.volume.allSatisfy(volumes.contains))
      // Volumes grow over the day here too; a piece may begin some bars sooner or later.
      let late = bars.time.indices.filter { bars.time[$0].seconds % 86_400 > 20 * 3_600 }
      #expect(late.count { bars.volume[$0] == 0 || bars.volume[$0] > 50_000 } > late.count * 9 / 10)
    }
    for isMet in [
      { (bars: BarSeries, index: Int) in bars.close[index] == bars.close[index - 1] },
      { bars, index in bars.volume[index] == 0 },
      { bars, index in bars.close[index] > bars.close[index - 1] },
      { bars, index in bars.open[index] == bars.close[index - 1] },
    ] {
      let here = variants.map { bars in share(bars) { isMet(bars, $0) } }.reduce(0, +) / Double(variants.count)
      let there = share(series) { isMet(series, $0) }
      #expect(abs(here - there) < 0.1, "\(here) and \(there)")
    }
  }

  @Test func `however long they go on, they stay near the last real price`() throws {
    let series = try series(sessions: 200)

    for variant in 0..<8 {
      let bars = NoiseBars(of: series, in: .newYork).bars(at: 100..<series.count, variant: variant)

      #expect(bars.high.max() ?? 0 < series.close[99] * 2)
      #expect(bars.low.min() ?? 0 > series.close[99] / 2)
    }
  }

  @Test func `some rise above all that was there, and some fall below`() throws {
    let series = try series(sessions: 20)
    let noise = NoiseBars(of: series, in: .newYork)
    let (high, low) = (series.high.max() ?? 0, series.low.min() ?? 0)

    let paths = (0..<20).map { noise.bars(at: 800..<series.count, variant: $0) }

    #expect(paths.count { $0.high.contains { $0 > high } } > 4)
    #expect(paths.count { $0.low.contains { $0 < low } } > 4)
  }

  @Test func `the first goes on from the price before it`() throws {
    let series = try series(sessions: 20)
    let noise = NoiseBars(of: series, in: .newYork)

    for cut in 100..<160 {
      let change = noise.bars(at: cut..<series.count).open[0] / series.close[cut - 1]
      #expect(abs(change - 1) < 0.05)
    }
  }

  @Test func `they are the same for the same place and variant, and others for another one`() throws {
    let series = try series(sessions: 5)
    let noise = NoiseBars(of: series, in: .newYork)

    #expect(noise.bars(at: 50..<200) == noise.bars(at: 50..<200))
    #expect(noise.bars(at: 50..<200) != noise.bars(at: 50..<200, variant: 1))
    #expect(noise.bars(at: 100..<100).isEmpty)
    #expect(noise.bars(at: 0..<series.count).count == series.count)
  }

  @Test(arguments: [1, 2, 3, 20, 78])
  func `a series of one session is enough, however short`(count: Int) throws {
    let series = try series(sessions: 2).slice(0..<min(count, 70))

    for cut in 0..<series.count {
      let noise = NoiseBars(of: series, in: .newYork).bars(at: cut..<series.count)

      #expect(noise.time == Array(series.time[cut...]))
      var rules = BarRules(timeframe: .m5)
      for index in 0..<noise.count { #expect(rules.check(noise[index]) == nil) }
    }
  }

  @Test func `prices that are far too long for a grid are taken as they are`() throws {
    var series = BarSeries(symbol: try symbol("SPY"), timeframe: .d1)
    for (day, price) in [1e12, 2e12, 1e12 + 0.25, 12_345.678_901_23, 3, 0.1234567].enumerated() {
      series.append(
        Bar(
          time: try instant("2024-01-01T00:00:00Z") + .seconds(86_400 * day), open: price, high: price, low: price,
          close: price, volume: 1))
    }

    let noise = NoiseBars(of: series, in: .newYork).bars(at: 1..<6)

    #expect(noise.count == 5)
    #expect(noise.close.allSatisfy { $0 > 0 && $0.isFinite })
  }

  @Test func `prices without a grid, and daily bars, are shuffled as well`() throws {
    var daily = BarSeries(symbol: try symbol("SPY"), timeframe: .d1)
    for day in 0..<300 {
      let price = 100 + Double(day % 17) / 3
      daily.append(
        Bar(
          time: try instant("2024-01-01T00:00:00Z") + .seconds(86_400 * day), open: price, high: price * 1.01,
          low: price * 0.99, close: price * 1.001, volume: 1e6))
    }

    let noise = NoiseBars(of: daily, in: .newYork).bars(at: 200..<300)

    #expect(noise.time == Array(daily.time[200...]))
    #expect((0..<100).count { noise.close[$0] == daily.close[200 + $0] } < 20)
    #expect(noise.close.allSatisfy { $0 > 50 && $0 < 220 })
  }
}
