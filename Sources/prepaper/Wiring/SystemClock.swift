import Foundation
import PrepaperDomain
import PrepaperHTTP
import PrepaperWorker

/// The machine's clocks, read here and nowhere below.
struct SystemClock: RunClock, WorkerClock, FetchClock {
  private let start = ContinuousClock.now

  var now: UTCTimestamp {
    UTCTimestamp(microseconds: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded()))
  }

  var elapsed: Duration { ContinuousClock.now - start }

  func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
