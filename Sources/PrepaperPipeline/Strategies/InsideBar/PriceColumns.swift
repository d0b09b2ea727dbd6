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
