package import PrepaperDomain

/// How far the price went in each bar, the gap from the bar before included; in price units.
///
/// `TR[0] = H − L`, then `TR[i] = max(H − L, |H − C[i−1]|, |L − C[i−1]|)` (Wilder 1978).
package func trueRange(of series: BarSeries) -> [Double] {
  var ranges: [Double] = []
  ranges.reserveCapacity(series.count)
  var previousClose: Double?
  for index in 0..<series.count {
    let high = series.high[index]
    let low = series.low[index]
    if let previousClose {
      ranges.append(max(high - low, abs(high - previousClose), abs(low - previousClose)))
    } else {
      ranges.append(high - low)
    }
    previousClose = series.close[index]
  }
  return ranges
}
