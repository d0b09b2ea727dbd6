package import PrepaperDomain
internal import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualClock: RunClock, Sendable {
  private let time: Mutex<UTCTimestamp>

  /// A clock at an instant.
  package init(_ start: UTCTimestamp) {
    time = Mutex(start)
  }

  package var now: UTCTimestamp { time.withLock { $0 } }

  package var elapsed: Duration { .microseconds(now.microseconds) }

  /// Moves the clock, also back.
  package func advance(by duration: Duration) {
    time.withLock { $0 = $0 + duration }
  }
}
