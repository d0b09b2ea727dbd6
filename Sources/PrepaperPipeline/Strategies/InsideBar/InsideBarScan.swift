import PrepaperDomain

/// Finds the bars that lie inside the one before them, in the session windows that are still open.
///
/// It walks over stretches of bars that lie in the same window of the same day: what is decided by the time is decided
/// once for each of them, and what lies outside of all windows is never looked at.
struct InsideBarScan {
  /// An inside bar.
  struct Found {
    let pattern: InsideBarPattern
    /// The window and day whose trade it may make.
    let key: SessionWindows.Key
    /// Whether its signal is asked for: bars before the evaluated window only make their windows' trades.
    let isWanted: Bool
    /// Whether its mother lies in the same window and is the bar right before it.
    let isTogether: Bool
  }

  private let series: BarSeries
  private let setup: InsideBarSetup
  private let atr: [Double]
  private let wanted: Range<Int>
  /// By window, not only the last one: where clocks are put back, a window that is left may come again.
  private var consumedOn: [Int64?]
  private var offset: (span: TimeSpan, offset: Int64)
  private var place: SessionWindows.Place?
  private var stretch = 1..<1
  /// By part of the day, how many bars it had last: mostly it has as many again.
  private var lengths: [Int]
  private var index = 1

  init(history: SufficientHistory, setup: InsideBarSetup, atr: [Double]) {
    series = history.series
    self.setup = setup
    self.atr = atr
    wanted = series.indices(in: history.window)
    consumedOn = [Int64?](repeating: nil, count: setup.windows.windows.count)
    lengths = [Int](repeating: 0, count: setup.windows.partCount)
    offset = setup.windows.zone.offsetSpan(at: series.time.first ?? history.window.from)
  }

  /// The next inside bar whose window's trade is not made, or nil after the last one.
  mutating func next() -> Found? {
    while index < wanted.upperBound {
      if index >= stretch.upperBound { enterStretch() }
      guard let place, consumedOn[place.key.window] != place.key.day else {
        index = stretch.upperBound
        continue
      }
      guard let found = setup.definition.first(in: index..<stretch.upperBound, of: series, strict: isStrict) else {
        index = stretch.upperBound
        continue
      }
      index = found + 1
      return Found(
        pattern: InsideBarPattern(
          symbol: series.symbol, mother: series[found - 1], inside: series[found], motherATR: atr[found - 1],
          windowEnd: place.windowEnd),
        key: place.key, isWanted: wanted.contains(found), isTogether: isTogether(found, place))
    }
    return nil
  }

  /// Notes that the trade of a window and day is made.
  mutating func consume(_ found: Found) {
    consumedOn[found.key.window] = found.key.day
  }

  private var isStrict: Bool { setup.inclusion == .strict }

  /// Goes to the stretch that begins with the bar at `index`.
  private mutating func enterStretch() {
    let time = series.time[index]
    if !offset.span.contains(time) { offset = setup.windows.zone.offsetSpan(at: time) }
    let (part, until, place) = setup.windows.stretch(at: time, offset: offset.offset)
    let end = series.firstIndex(
      atOrAfter: min(until, offset.span.to), from: index + 1, guess: index + lengths[part])
    self.place = place
    stretch = index..<end
    lengths[part] = stretch.count
  }

  private func isTogether(_ found: Int, _ place: SessionWindows.Place) -> Bool {
    let (mother, inside) = (series.time[found - 1], series.time[found])
    guard inside.microseconds - mother.microseconds == setup.timeframe.microseconds else { return false }
    if found > stretch.lowerBound { return true }
    let windows = setup.windows
    return windows.stretch(at: mother, offset: windows.zone.offset(at: mother)).place?.key == place.key
  }
}

/// Prices as columns without checks at each access, for as long as the series is held; indices are checked before.
@safe struct PriceColumns {
  private let open, high, low, close: UnsafeBufferPointer<Double>

  init(
    open: UnsafeBufferPointer<Double>, high: UnsafeBufferPointer<Double>, low: UnsafeBufferPointer<Double>,
    close: UnsafeBufferPointer<Double>
  ) {
    unsafe self.open = open
    unsafe self.high = high
    unsafe self.low = low
    unsafe self.close = close
  }

  /// The first of these indices whose bar is inside the one before it, as `isAtMost` compares; each is above zero.
  @inline(__always)
  func first(
    in range: Range<Int>, by definition: InsideBarDefinition, isAtMost: (Double, Double) -> Bool
  ) -> Int? {
    switch definition {
    case .motherBodyInsideRange:
      for index in range {
        let (bodyHigh, bodyLow) = body(index - 1)
        if unsafe both(isAtMost(high[index], bodyHigh), isAtMost(bodyLow, low[index])) { return index }
      }
    case .motherBodyInsideBody:
      for index in range {
        let ((bodyHigh, bodyLow), (insideHigh, insideLow)) = (body(index - 1), body(index))
        if both(isAtMost(insideHigh, bodyHigh), isAtMost(bodyLow, insideLow)) { return index }
      }
    case .motherRangeInsideRange:
      for index in range {
        let (mothersHigh, mothersLow) = unsafe (high[index - 1], low[index - 1])
        if unsafe both(isAtMost(high[index], mothersHigh), isAtMost(mothersLow, low[index])) { return index }
      }
    case .motherHighInsideHighAndClose:
      for index in range {
        let (mothersHigh, mothersLow) = unsafe (high[index - 1], low[index - 1])
        let last = unsafe close[index]
        let isBelow = unsafe both(isAtMost(high[index], mothersHigh), isAtMost(last, mothersHigh))
        if both(isBelow, isAtMost(mothersLow, last)) { return index }
      }
    }
    return nil
  }

  @inline(__always)
  private func body(_ index: Int) -> (high: Double, low: Double) {
    let (first, last) = unsafe (open[index], close[index])
    return (max(first, last), min(first, last))
  }

  /// Both of two conditions that are known already: without a jump, which would often go the way nobody guessed.
  @inline(__always)
  private func both(_ left: Bool, _ right: Bool) -> Bool { left ? right : false }
}
