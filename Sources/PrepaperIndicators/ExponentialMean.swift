/// `y = first value`, then `weight·value + (1 − weight)·y`; not-a-number before the first value.
///
/// A later not-a-number leaves `y` as it is. The mean remembers its first value for ever, less and less.
package func exponentialMean(of values: [Double], weight: Double) -> [Double] {
  var means: [Double] = []
  means.reserveCapacity(values.count)
  var mean = Double.nan
  for value in values {
    if !value.isNaN { mean = mean.isNaN ? value : weight * value + (1 - weight) * mean }
    means.append(mean)
  }
  return means
}

/// Wilder's average: the exponential mean whose newest value weighs `1/period`.
package func wilderMean(of values: [Double], period: Int) -> [Double] {
  exponentialMean(of: values, weight: 1 / Double(period))
}
