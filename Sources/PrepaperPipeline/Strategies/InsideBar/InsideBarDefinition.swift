import PrepaperDomain

/// Which part of a bar must lie inside which part of its mother.
enum InsideBarDefinition: String, CaseIterable, Sendable {
  /// High and low inside the mother's body.
  case motherBodyInsideRange = "mb_body_oc__ib_hl"
  /// Body inside the mother's body.
  case motherBodyInsideBody = "mb_body_oc__ib_body"
  /// High and low inside the mother's range.
  case motherRangeInsideRange = "mb_range_hl__ib_hl"
  /// High not above the mother's, close inside her range; the low may be below hers.
  case motherHighInsideHighAndClose = "mb_high__ib_high_and_close_in_mb_range"

  /// The first of these indices whose bar is inside the one before it; where `strict`, touching is outside.
  func first(in range: Range<Int>, of series: BarSeries, strict: Bool) -> Int? {
    precondition(range.lowerBound > 0 && range.upperBound <= series.count, "each of the bars has one before it")
    let (opens, highs, lows, closes) = (series.open, series.high, series.low, series.close)
    return unsafe opens.withUnsafeBufferPointer { open in
      unsafe highs.withUnsafeBufferPointer { high in
        unsafe lows.withUnsafeBufferPointer { low in
          unsafe closes.withUnsafeBufferPointer { close in
            let bars = unsafe PriceColumns(open: open, high: high, low: low, close: close)
            // A loop of its own for each rule: nothing is chosen bar by bar.
            return strict
              ? bars.first(in: range, by: self, isAtMost: { $0 < $1 })
              : bars.first(in: range, by: self, isAtMost: { $0 <= $1 })
          }
        }
      }
    }
  }
}
