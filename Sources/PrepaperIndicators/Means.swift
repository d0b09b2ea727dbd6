/// The mean of the last `period` values; not-a-number for the first `period − 1`.
///
/// Every mean is summed afresh, oldest first, so that it does not depend on where the values begin.
package func simpleMean(of values: [Double], period: Int) -> [Double] {
  unsafe simpleMean(count: values.count, period: period) { indices, block in
    unsafe values.withUnsafeBufferPointer { values in
      for (place, index) in indices.enumerated() { unsafe block[place] = values[index] }
    }
  }
}

/// The means of that many values, which `write` puts into a block of memory, those of some indices at a time.
func simpleMean(
  count: Int, period: Int, write: (Range<Int>, UnsafeMutablePointer<Double>) -> Void
) -> [Double] {
  precondition(period > 0, "a mean needs at least one value")
  guard count >= period else { return [Double](repeating: .nan, count: count) }
  // The sums of neighbouring bars do not depend on each other: a block of them takes one earlier value each at a
  // time, which the processor does for several at once. A block stays in its nearest cache.
  let width = max(1024, 2 * period)
  return unsafe [Double](unsafeUninitializedCapacity: count) { means, filled in
    unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: width + period - 1) { block in
      guard let sums = means.baseAddress, let values = block.baseAddress else { return }
      for index in 0..<period - 1 { unsafe sums[index] = .nan }
      for start in stride(from: period - 1, to: count, by: width) {
        let end = min(start + width, count)
        unsafe write(start - period + 1..<end, values)
        unsafe writeMeans(of: values, lags: period, to: sums + start, count: end - start)
      }
    }
    filled = count
  }
}

/// Writes the means of as many values as there are lags, the first of them each at the mean's own place.
private func writeMeans(
  of values: UnsafeMutablePointer<Double>, lags: Int, to means: UnsafeMutablePointer<Double>, count: Int
) {
  for place in 0..<count { unsafe means[place] = 0 + values[place] }
  var lag = 1
  // Four at a time, in the same order: a sum is then read and written a quarter as often.
  while lag + 4 <= lags {
    let late = unsafe values + lag
    for place in 0..<count {
      unsafe means[place] = means[place] + late[place] + late[place + 1] + late[place + 2] + late[place + 3]
    }
    lag += 4
  }
  while lag < lags {
    let late = unsafe values + lag
    for place in 0..<count { unsafe means[place] += late[place] }
    lag += 1
  }
  for place in 0..<count { unsafe means[place] /= Double(lags) }
}

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
