/// How durations spread.
package struct Spread: Hashable, Sendable {
  /// How many there are.
  package let count: Int
  /// At least half of them, and 95 % of them, are no longer than this.
  package let median, percentile95: Duration
  /// The longest.
  package let largest: Duration

  /// The spread of durations, or nil where there are none.
  package init?(_ durations: [Duration]) {
    let sorted = durations.sorted()
    guard let largest = sorted.last else { return nil }
    count = sorted.count
    median = sorted[(sorted.count - 1) / 2]
    percentile95 = sorted[(sorted.count * 95 + 99) / 100 - 1]
    self.largest = largest
  }
}
