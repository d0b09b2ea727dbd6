/// Wilder's relative strength index of values, 0 to 100: `100 − 100/(1 + gains/losses)`.
///
/// Gains and losses are Wilder's averages of the rises and falls from value to value. Not-a-number for the first value,
/// and as long as there was no fall.
package func relativeStrength(of values: [Double], period: Int) -> [Double] {
  guard !values.isEmpty else { return [] }
  var (rises, falls) = ([Double.nan], [Double.nan])
  for index in 1..<values.count {
    let change = values[index] - values[index - 1]
    rises.append(max(change, 0))
    falls.append(max(-change, 0))
  }
  return zip(wilderMean(of: rises, period: period), wilderMean(of: falls, period: period)).map { gain, loss in
    loss > 0 ? 100 - 100 / (1 + gain / loss) : .nan
  }
}
