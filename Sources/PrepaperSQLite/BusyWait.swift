internal import Glibc

/// How long a connection waits for another's lock: tries again after 0.1 to 1 ms, up to a deadline.
///
/// SQLite's own handler backs off to 100 ms, and so leaves a process behind that keeps meeting a held lock.
package struct BusyWait: Hashable, Sendable {
  /// About how long it waits in all.
  package let deadline: Duration
  private let seed: UInt64

  /// A wait up to a deadline; `seed` sets processes apart that would otherwise try in step, a process id will do.
  package init(deadline: Duration = .seconds(10), seed: UInt64) {
    self.deadline = deadline
    self.seed = seed
  }

  /// Sleeps before the next try, or says that the deadline is over.
  func wait(afterTries tries: Int) -> Bool {
    // A try sleeps half a millisecond on average, and a sleep runs over by a tenth of one.
    guard Double(tries) * 0.65 < deadline / .milliseconds(1) else { return false }
    var mixed = (seed ^ UInt64(truncatingIfNeeded: tries)) &* 0x9e37_79b9_7f4a_7c15
    mixed ^= mixed >> 29
    usleep(UInt32(100 + mixed % 900))
    return true
  }
}
