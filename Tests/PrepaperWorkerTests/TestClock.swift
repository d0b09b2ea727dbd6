import PrepaperDomain
import PrepaperTestSupport
import PrepaperWorker
import Synchronization

/// A clock whose sleeps are over at once, the time moved on by them, save that no attempt's heartbeat comes.
///
/// A test may do something else at each look at the time, and instead of each sleep.
struct TestClock: WorkerClock {
  /// Called before each look at the time.
  var looking: @Sendable () -> Void = {}
  /// Called instead of sleeping; the time is moved on afterwards.
  var sleeping: @Sendable (Duration) async throws -> Void = {
    if $0 == Workshop.heartbeat { try await untilCancelled() }
  }
  /// The time.
  let time = ManualClock(instant(0))

  var now: UTCTimestamp {
    looking()
    return time.now
  }

  var elapsed: Duration { time.elapsed }

  func sleep(for duration: Duration) async throws {
    try await sleeping(duration)
    // Others want the thread too.
    await Task.yield()
    try Task.checkCancellation()
    time.advance(by: duration)
  }
}

/// Suspends until the task is cancelled.
func untilCancelled() async throws {
  while true { try await Task.sleep(for: .seconds(3600)) }
}

/// That many seconds after the moment at which these tests begin.
func instant(_ seconds: Int64) -> UTCTimestamp {
  UTCTimestamp(seconds: 1_750_000_000 + seconds)
}

extension Mutex<Int> {
  /// Counts one more; the number then.
  borrowing func next() -> Int {
    withLock { count in
      count += 1
      return count
    }
  }
}
