import Foundation
package import PrepaperDomain
import PrepaperHTTP
import PrepaperWorker

/// The machine's clocks, read here and nowhere below.
package struct SystemClock: RunClock, WorkerClock, FetchClock {
  private let start = ContinuousClock.now

  /// A clock whose elapsed time begins here.
  package init() {}

  /// The time of day.
  package var now: UTCTimestamp {
    UTCTimestamp(microseconds: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded()))
  }

  /// How long this clock has been there, whatever happens to the time of day.
  package var elapsed: Duration { ContinuousClock.now - start }

  /// Sleeps, unless the task is cancelled.
  package func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
