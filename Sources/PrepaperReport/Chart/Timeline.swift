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
