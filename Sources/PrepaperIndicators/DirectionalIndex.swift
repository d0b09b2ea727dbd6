package import PrepaperDomain

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
