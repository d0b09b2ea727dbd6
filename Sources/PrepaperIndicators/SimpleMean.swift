/// The mean of the last `period` values; not-a-number for the first `period − 1`.
///
/// Every mean is summed afresh, oldest first, so that it does not depend on where the values begin.
package func simpleMean(of values: [Double], period: Int) -> [Double] {
  precondition(period > 0, "a mean needs at least one value")
  let count = values.count
  guard count >= period else { return [Double](repeating: .nan, count: count) }
  // The sums of neighbouring bars do not depend on each other: a block of them takes one earlier value each at a
  // time, which the processor does for several at once. A block stays in its nearest cache.
  let block = 1024
  return unsafe [Double](unsafeUninitializedCapacity: count) { means, filled in
    unsafe means.update(repeating: .nan)
    unsafe values.withUnsafeBufferPointer { values in
      for start in stride(from: period - 1, to: count, by: block) {
        let width = min(block, count - start)
        let sums = unsafe UnsafeMutableBufferPointer(rebasing: means[start..<start + width])
        unsafe add(values, from: start - period + 1, lags: period, to: sums)
        for place in 0..<width { unsafe sums[place] /= Double(period) }
      }
    }
    filled = count
  }
}

/// Makes each sum that of as many values as there are lags, the first of them at its own place from `start` on.
private func add(
  _ values: UnsafeBufferPointer<Double>, from start: Int, lags: Int, to sums: UnsafeMutableBufferPointer<Double>
) {
  unsafe sums.update(repeating: 0)
  var lag = 0
  // Four at a time, in the same order: a sum is then read and written a quarter as often.
  while lag + 4 <= lags {
    let first = start + lag
    for place in 0..<sums.count {
      let value = first + place
      unsafe sums[place] =
        sums[place] + values[value] + values[value + 1] + values[value + 2] + values[value + 3]
    }
    lag += 4
  }
  while lag < lags {
    for place in 0..<sums.count { unsafe sums[place] += values[start + lag + place] }
    lag += 1
  }
}
