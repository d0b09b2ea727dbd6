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
