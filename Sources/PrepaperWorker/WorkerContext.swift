internal import Logging
internal import PrepaperQueue

/// What the parts of a worker share: its queue, what comes from outside, and what they tell each other.
struct WorkerContext: Sendable {
  let store: JobStore
  let executor: any AttemptExecutor
  let locks: any AttemptLocks
  let clock: any WorkerClock
  let live: Current<WorkerSettings>
  let notices: ServiceNotices
  let running: RunningAttempts
  let wakeUps: WakeUps
  let doorbell: any Doorbell
  let outages: Outages
  let metrics: WorkerMetrics?
  let logger: Logger

  /// The settings as they are now.
  var settings: WorkerSettings { live.value }

  /// Sleeps until a time is over or the worker is woken.
  ///
  /// - Throws: `CancellationError` where the task is cancelled meanwhile.
  func pause(for duration: Duration, orWakeUpAfter seen: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await wakeUps.next(after: seen) }
      group.addTask { try await clock.sleep(for: duration) }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// Logs that the queue cannot be used yet, and tells it to the service manager.
  func note(_ trouble: String, _ error: any Error) {
    logger.warning("\(trouble): \(error)")
    notices.status(trouble: "\(error)")
  }
}
