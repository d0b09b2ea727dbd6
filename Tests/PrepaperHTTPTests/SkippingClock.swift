import PrepaperDomain
import PrepaperHTTP
import PrepaperTestSupport
import Synchronization

/// A clock whose waits are over at once, and are remembered.
final class SkippingClock: FetchClock {
  private let clock: ManualClock
  private let waited = Mutex<[Duration]>([])
  private let heard = Mutex<[String]>([])

  /// A clock that shows that time.
  init(_ start: UTCTimestamp = UTCTimestamp(seconds: 1_767_600_000)) {
    clock = ManualClock(start)
  }

  var now: UTCTimestamp { clock.now }
  var elapsed: Duration { clock.elapsed }

  /// How long it was waited, each time.
  var waits: [Duration] { waited.withLock { $0 } }

  /// What was said about the waits.
  var words: [String] { heard.withLock { $0 } }

  func hear(_ line: String) {
    heard.withLock { $0.append(line) }
  }

  func sleep(for duration: Duration) {
    waited.withLock { $0.append(duration) }
    clock.advance(by: duration)
  }
}
