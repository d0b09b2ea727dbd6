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

/// How many times in a row values rose, or fell, which counts below zero; 0 for the first value and an unchanged one.
package func streak(of values: [Double]) -> [Double] {
  guard !values.isEmpty else { return [] }
  var streaks = [0.0]
  for index in 1..<values.count {
    let last = streaks[index - 1]
    if values[index] > values[index - 1] {
      streaks.append(max(last, 0) + 1)
    } else if values[index] < values[index - 1] {
      streaks.append(min(last, 0) - 1)
    } else {
      streaks.append(0)
    }
  }
  return streaks
}

/// The rank of each value among the last `period` ones, itself included, in percent of their number.
///
/// Equal values share the mean of their ranks. Not-a-number where one of them is, and for the first `period − 1`.
///
/// - the highest of 100 has 100.0, the lowest 1.0; all alike have 50.5
package func percentRank(of values: [Double], period: Int) -> [Double] {
  precondition(period > 0, "a rank needs at least one value")
  var ranks = [Double](repeating: .nan, count: values.count)
  guard values.count >= period else { return ranks }
  for index in (period - 1)..<values.count {
    let value = values[index]
    var (lower, equal, higher) = (0, 0, 0)
    for other in values[(index - period + 1)...index] {
      lower += other < value ? 1 : 0
      equal += other == value ? 1 : 0
      higher += other > value ? 1 : 0
    }
    guard lower + equal + higher == period else { continue }
    ranks[index] = (Double(lower) + Double(equal + 1) / 2) / Double(period) * 100
  }
  return ranks
}

/// The change of each value since `period` values before, as a share; not-a-number for the first `period`.
package func change(of values: [Double], period: Int) -> [Double] {
  values.indices.map { $0 < period ? .nan : values[$0] / values[$0 - period] - 1 }
}

/// The change of each value since `period` values before, in percent; not-a-number for the first `period`.
package func rateOfChange(of values: [Double], period: Int) -> [Double] {
  change(of: values, period: period).map { 100 * $0 }
}
