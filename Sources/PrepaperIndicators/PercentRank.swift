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
