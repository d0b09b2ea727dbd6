import PrepaperDomain

/// A chart's time axis: slots of equal width, whether or not there is a bar in them.
struct Timeline: Sendable {
  /// The slots, ascending.
  let slots: [ChartSlot]
  /// How many of them, from the first, are of the session before and stand there for context.
  let context: Int

  /// The bars' lowest and highest price; nil where there is no bar.
  var prices: ClosedRange<Double>? {
    let bars = slots.compactMap(\.bar)
    guard let low = bars.map(\.low).min(), let high = bars.map(\.high).max(), low <= high else { return nil }
    return low...high
  }

  /// Where an instant lies, in slots from the left edge; instants between two slots lie on their border.
  func position(of instant: UTCTimestamp) -> Double {
    guard let index = slots.firstIndex(where: { instant < $0.span.to }) else { return Double(slots.count) }
    let span = slots[index].span
    guard span.from < instant else { return Double(index) }
    let part = instant.microseconds - span.from.microseconds
    return Double(index) + Double(part) / Double(span.to.microseconds - span.from.microseconds)
  }

  /// The slot of the bar that opens at an instant; nil where it is not on the chart.
  func slot(ofBar time: UTCTimestamp) -> Int? {
    slots.firstIndex { slot in slot.bar.map { $0.time == time } ?? slot.span.contains(time) }
  }

  /// The slot that is over at an instant, which a decision at that instant looked at last.
  func slot(closing instant: UTCTimestamp) -> Int? {
    slots.lastIndex { $0.span.to <= instant }
  }

  /// Some slots as an axis of their own.
  func part(_ range: Range<Int>) -> Timeline {
    let clamped = range.clamped(to: 0..<slots.count)
    return Timeline(slots: Array(slots[clamped]), context: max(0, min(context - clamped.lowerBound, clamped.count)))
  }

  /// Whether any of a stretch of time is on the axis.
  func shows(_ span: TimeSpan) -> Bool {
    guard let first = slots.first, let last = slots.last else { return false }
    return span.from < last.span.to && first.span.from < span.to
  }
}

/// A place on a chart's time axis: where a bar is, or would be.
struct ChartSlot: Sendable {
  /// From the open to the close; of a daily bar the session's hours.
  let span: TimeSpan
  /// The bar; nil where there is none.
  let bar: Bar?
  /// Whether the calendar has a session here, so that a bar which is not there is a hole.
  let isExpected: Bool
}

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
