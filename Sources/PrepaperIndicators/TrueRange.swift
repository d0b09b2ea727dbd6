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

/// The mean of the last `period` true ranges, in price units; not-a-number for the first `period − 1` bars.
///
/// It does not depend on where the series begins, but for the first true range.
package func averageTrueRange(of series: BarSeries, period: Int) -> [Double] {
  // Not of a column of true ranges: writing and reading that would take longer than computing them.
  unsafe simpleMean(count: series.count, period: period) { indices, block in
    unsafe writeTrueRanges(of: series, indices, to: block)
  }
}

/// How directed the price moves, whichever way, 0 to 100 (Wilder's ADX); 0 where there is none yet.
///
/// - `up = H − H[−1]`, `down = L[−1] − L`; the larger one counts if it is above zero, the other is 0, and so are both
///   of the first bar
/// - `+DI`, `−DI`: Wilder's average of those, in percent of that of the true range
/// - `DX = 100·|+DI − −DI| / (+DI + −DI)`, none where both are 0; ADX is Wilder's average of it
package func directionalIndex(of series: BarSeries, averageRange: [Double], period: Int) -> [Double] {
  guard !series.isEmpty else { return [] }
  var (ups, downs) = ([0.0], [0.0])
  for index in 1..<series.count {
    let up = series.high[index] - series.high[index - 1]
    let down = series.low[index - 1] - series.low[index]
    ups.append(up > down && up > 0 ? up : 0)
    downs.append(down > up && down > 0 ? down : 0)
  }
  let plus = wilderMean(of: ups, period: period)
  let minus = wilderMean(of: downs, period: period)
  let directed = (0..<series.count).map { index in
    let (rise, fall) = (100 * plus[index] / averageRange[index], 100 * minus[index] / averageRange[index])
    return rise + fall > 0 ? 100 * abs(rise - fall) / (rise + fall) : .nan
  }
  return wilderMean(of: directed, period: period).map { $0.isNaN ? 0 : $0 }
}
