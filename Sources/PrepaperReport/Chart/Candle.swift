import PrepaperDomain

/// A candle of a chart: one bar, or a few side by side where there are too many to draw each.
struct Candle {
  /// The slots that it stands for.
  let slots: Range<Int>
  let open, high, low, close: Double

  /// The candles of a time axis, each of that many slots at most; slots without a bar have none.
  static func candles(of timeline: Timeline, slotsEach: Int) -> [Candle] {
    stride(from: 0, to: timeline.slots.count, by: slotsEach).compactMap { start in
      let slots = start..<min(start + slotsEach, timeline.slots.count)
      let bars = timeline.slots[slots].compactMap(\.bar)
      guard let first = bars.first, let last = bars.last else { return nil }
      return Candle(
        slots: slots, open: first.open, high: bars.reduce(first.high) { max($0, $1.high) },
        low: bars.reduce(first.low) { min($0, $1.low) }, close: last.close)
    }
  }
}
