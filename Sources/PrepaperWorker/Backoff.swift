/// How long a failed run waits before it is tried again: twice as long after each failure, and never all at once.
package struct Backoff: Sendable {
  /// The wait after the first failure.
  package let first: Duration
  /// The longest wait.
  package let longest: Duration
  /// A number in 0…1, another one each time: it sets apart what failed together.
  package let jitter: @Sendable () -> Double

  /// Waits from `first` to `longest`.
  package init(first: Duration, longest: Duration = .seconds(600), jitter: @escaping @Sendable () -> Double) {
    self.first = first
    self.longest = longest
    self.jitter = jitter
  }

  /// The wait after that many tries: between half and the whole of `first · 2^(tries − 1)`, `longest` at most.
  package func delay(afterTries tries: Int) -> Duration {
    let whole = min(first * (1 << min(max(tries, 1) - 1, 20)), longest)
    return whole * (0.5 + jitter() / 2)
  }
}
