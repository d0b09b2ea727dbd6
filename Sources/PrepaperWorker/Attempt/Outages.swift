internal import PrepaperDomain
internal import Synchronization

/// The artifacts roots whose runs the machine could not do lately, for one since their disk is full: nothing is claimed
/// for them until their wait is over.
///
/// What is claimed then finds out whether it is over; if not, the wait doubles.
final class Outages: Sendable {
  private struct Outage {
    var count = 0
    var error: RunError
    /// When the wait is over, by the clock that nobody sets.
    var end: Duration
  }

  private let backoff: Backoff
  private let outages = Mutex<[String: Outage]>([:])

  /// - Parameter backoff: the one of failures; the waits begin with a second at least, and end with a minute.
  init(backoff: Backoff) {
    self.backoff = Backoff(first: max(backoff.first, .seconds(1)), longest: .seconds(60), jitter: backoff.jitter)
  }

  /// Notes that the machine could not do a run for a root.
  ///
  /// - Returns: for how long nothing is claimed for the root.
  func begin(_ root: String, _ error: RunError, elapsed: Duration) -> Duration {
    outages.withLock { outages in
      var outage = outages[root] ?? Outage(error: error, end: elapsed)
      // One that was claimed before the wait began says nothing new.
      if outage.end > elapsed { return outage.end - elapsed }
      outage.count += 1
      outage.error = error
      let wait = backoff.delay(afterTries: outage.count)
      outage.end = elapsed + wait
      outages[root] = outage
      return wait
    }
  }

  /// Notes that a run could be written below a root.
  func end(_ root: String) {
    outages.withLock { _ = $0.removeValue(forKey: root) }
  }

  /// The roots to avoid at a moment, the error of one of them, and after how long the first wait is over.
  struct Now {
    let roots: [String]
    let error: RunError
    let patience: Duration
  }

  /// What is out of use now; nil where nothing is.
  func now(elapsed: Duration) -> Now? {
    outages.withLock { outages in
      let open = outages.filter { $0.value.end > elapsed }.sorted { ($0.value.end, $0.key) < ($1.value.end, $1.key) }
      return open.first.map {
        Now(roots: open.map(\.key), error: $0.value.error, patience: $0.value.end - elapsed)
      }
    }
  }
}
