package import PrepaperDomain

/// The mean of the last `period` true ranges, in price units; not-a-number for the first `period − 1` bars.
///
/// Every mean is summed afresh, oldest first, so that it does not depend on where the series begins.
package func averageTrueRange(of series: BarSeries, period: Int) -> [Double] {
  precondition(period > 0, "a mean needs at least one bar")
  let ranges = trueRange(of: series)
  var means = [Double](repeating: .nan, count: ranges.count)
  guard ranges.count >= period else { return means }
  for index in (period - 1)..<ranges.count {
    var sum = 0.0
    for earlier in (index - period + 1)...index { sum += ranges[earlier] }
    means[index] = sum / Double(period)
  }
  return means
}
