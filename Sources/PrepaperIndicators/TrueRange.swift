package import PrepaperDomain

/// How far the price went in each bar, the gap from the bar before included; in price units.
///
/// `TR[0] = H − L`, then `TR[i] = max(H − L, |H − C[i−1]|, |L − C[i−1]|)` (Wilder 1978).
package func trueRange(of series: BarSeries) -> [Double] {
  unsafe [Double](unsafeUninitializedCapacity: series.count) { ranges, filled in
    filled = series.count
    guard let first = ranges.baseAddress else { return }
    unsafe writeTrueRanges(of: series, 0..<filled, to: first)
  }
}

/// Writes the true ranges of the bars at these indices, one after the other.
func writeTrueRanges(of series: BarSeries, _ indices: Range<Int>, to ranges: UnsafeMutablePointer<Double>) {
  precondition(indices.lowerBound >= 0 && indices.upperBound <= series.count, "only bars have a true range")
  guard !indices.isEmpty else { return }
  let (highs, lows, closes) = (series.high, series.low, series.close)
  let begin = indices.lowerBound
  unsafe highs.withUnsafeBufferPointer { high in
    unsafe lows.withUnsafeBufferPointer { low in
      unsafe closes.withUnsafeBufferPointer { close in
        if begin == 0 { unsafe ranges[0] = high[0] - low[0] }
        for index in max(begin, 1)..<indices.upperBound {
          let (top, bottom, before) = unsafe (high[index], low[index], close[index - 1])
          unsafe ranges[index - begin] = max(max(top - bottom, abs(top - before)), abs(bottom - before))
        }
      }
    }
  }
}
