package import PrepaperDomain
import PrepaperIndicators

extension BarSeries {
  /// Bars at the times of those from an index on, of which nothing else is true: a walk that begins at the close before.
  ///
  /// They obey the rules of bars, and are the same for the same series and index.
  ///
  /// - Parameter count: how many, at most.
  package func noise(from index: Int, count: Int = .max) -> BarSeries {
    var noise = BarSeries(symbol: symbol, timeframe: timeframe)
    let end = index + min(count, self.count - index)
    guard index < end else { return noise }
    var generator = SeededGenerator(seed: "\(symbol) \(time[index].microseconds)")
    func change(_ most: Int64) -> Double { Double(generator.next(in: -most...most)) / 100_000 }
    var price = index > 0 ? close[index - 1] : open[index]
    noise.reserveCapacity(end - index)
    for place in index..<end {
      let first = price * (1 + change(1_000))
      let last = first * (1 + change(3_000))
      let (top, bottom) = (max(first, last), min(first, last))
      noise.append(
        Bar(
          time: time[place], open: first, high: top * (1 + abs(change(1_000))), low: bottom * (1 - abs(change(1_000))),
          close: last, volume: volume[place] * (1 + change(50_000))))
      price = last
    }
    return noise
  }
}
