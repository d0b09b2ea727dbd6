package import PrepaperDomain

/// Bars in the place of others, which look like the instrument's own and tell nothing of what came: pieces of its real
/// bars in another order, each scaled so that it goes on from the price before it.
///
/// They stand at the times of those others, so that holes and sessions are the same. Changes from bar to bar, ties and
/// volumes are real ones, from another day at the same time of day where there is one. Prices lie on the instrument's
/// own grid. All in all they rise or fall more than real ones, half of them with leaps between the pieces, so that they come
/// to other extremes. The same series, place and variant give the same bars.
package struct NoiseBars: Sendable {
  /// A piece is the one of so many that rises or falls the most, and has at most so many bars.
  private static let choices = 4
  private static let longestPiece: Int64 = 24
  /// By what the price leaps between two pieces, where it does, and by what it may be off the last real one.
  private static let leap = 1.03
  private static let farthest = 1.5

  private let series: BarSeries
  private let grid: PriceGrid
  /// The bars of each local day; none of daily bars.
  private let days: [Range<Int>]
  /// By day, the local midnight before it.
  private let midnights: [UTCTimestamp]

  /// Noise of a series.
  package init(of series: BarSeries, in zone: MarketTimeZone) {
    self.series = series
    grid = PriceGrid(of: series)
    var days: [Range<Int>] = []
    var midnights: [UTCTimestamp] = []
    while series.timeframe != .d1, let start = days.last?.upperBound ?? (series.isEmpty ? nil : 0), start < series.count
    {
      let day = zone.date(at: series.time[start])
      midnights.append(zone.instant(of: day, secondOfDay: 0))
      days.append(
        start..<series.firstIndex(
          atOrAfter: zone.instant(of: day.advanced(byDays: 1), secondOfDay: 0), from: start + 1))
    }
    self.days = days
    self.midnights = midnights
  }

  /// Bars at the times of those at these indices.
  ///
  /// - Parameters:
  ///   - variant: which of many.
  ///   - level: by what the price before them is multiplied first.
  package func bars(at indices: Range<Int>, variant: Int = 0, level: Double = 1) -> BarSeries {
    var noise = BarSeries(symbol: series.symbol, timeframe: series.timeframe)
    guard !indices.isEmpty else { return noise }
    noise.reserveCapacity(indices.count)
    var random = SeededGenerator(
      seed: "\(series.symbol) \(series.time[indices.lowerBound].microseconds) \(variant)")
    let first = (indices.lowerBound > 0 ? series.close[indices.lowerBound - 1] : series.open[0]) * level
    var price = first
    var place = indices.lowerBound
    var rises = random.next(in: 0...1) == 1
    let leap = random.next(in: 0...1) == 1 ? Self.leap : 1
    while place < indices.upperBound {
      // Far away it comes back, however long it goes on.
      if price > first * Self.farthest { rises = false } else if price < first / Self.farthest { rises = true }
      let pieces = (0..<Self.choices).map { _ in piece(for: place, most: indices.upperBound - place, &random) }
      guard let piece = rises ? pieces.max(by: isLower) : pieces.min(by: isLower) else { break }
      let scale = price / before(piece) * (rises ? leap : 1 / leap)
      for index in piece {
        noise.append(scaled(series[index], by: scale, at: series.time[place]))
        place += 1
      }
      price = noise.close[noise.count - 1]
    }
    return noise
  }

  /// Whether the one piece ends lower than the other, both from the same price on.
  private func isLower(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    func change(_ piece: Range<Int>) -> Double { series.close[piece.upperBound - 1] / before(piece) }
    return change(left) < change(right)
  }

  /// The price that a piece goes on from.
  private func before(_ piece: Range<Int>) -> Double {
    piece.lowerBound > 0 ? series.close[piece.lowerBound - 1] : series.open[0]
  }

  /// Real bars that may stand at a place and after it: never those that do.
  private func piece(for place: Int, most: Int, _ random: inout SeededGenerator) -> Range<Int> {
    let most = min(most, Int(random.next(in: 5...Self.longestPiece)))
    if days.count > 1, let piece = pieceOfAnotherDay(for: place, most: most, &random) { return piece }
    let length = min(most, max(1, series.count / 2))
    let start = Int(random.next(in: 0...Int64(series.count - length)))
    guard start == place else { return start..<start + length }
    let other = start > 0 ? start - 1 : min(1, series.count - length)
    return other..<other + length
  }

  /// Bars of another day from about the same time of day on.
  private func pieceOfAnotherDay(
    for place: Int, most: Int, _ random: inout SeededGenerator
  ) -> Range<Int>? {
    let own = dayIndex(of: place)
    let other = (own + Int(random.next(in: 1...Int64(days.count - 1)))) % days.count
    let since = series.time[place] - midnights[own]
    let same = series.firstIndex(atOrAfter: midnights[other] + since, from: days[other].lowerBound)
    // A day begins with the other's first bar, whose price leaps from the day before; within a day it is not so exact.
    let shift = place == days[own].lowerBound ? 0 : Int(random.next(in: -3...3))
    let start = max(days[other].lowerBound, same + shift)
    guard start < days[other].upperBound else { return nil }
    return start..<min(days[other].upperBound, start + min(most, days[own].upperBound - place))
  }

  private func dayIndex(of place: Int) -> Int {
    var (low, high) = (0, days.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if days[middle].upperBound <= place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func scaled(_ bar: Bar, by scale: Double, at time: UTCTimestamp) -> Bar {
    Bar(
      time: time, open: grid.nearest(to: bar.open * scale), high: grid.nearest(to: bar.high * scale),
      low: grid.nearest(to: bar.low * scale), close: grid.nearest(to: bar.close * scale), volume: bar.volume)
  }
}
