package import PrepaperDomain

/// How far the price went in each bar, the gap from the bar before included; in price units.
///
/// `TR[0] = H − L`, then `TR[i] = max(H − L, |H − C[i−1]|, |L − C[i−1]|)` (Wilder 1978).
package func trueRange(of series: BarSeries) -> [Double] {
  let count = series.count
  guard count > 0 else { return [] }
  let (highs, lows, closes) = (series.high, series.low, series.close)
  return unsafe [Double](unsafeUninitializedCapacity: count) { ranges, filled in
    unsafe highs.withUnsafeBufferPointer { high in
      unsafe lows.withUnsafeBufferPointer { low in
        unsafe closes.withUnsafeBufferPointer { close in
          unsafe ranges[0] = high[0] - low[0]
          for index in 1..<count {
            let (top, bottom, before) = unsafe (high[index], low[index], close[index - 1])
            unsafe ranges[index] = max(top - bottom, abs(top - before), abs(bottom - before))
          }
        }
      }
    }
    filled = count
  }
}
