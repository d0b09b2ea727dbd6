internal import Logging
internal import PrepaperDomain
internal import PrepaperQueue
internal import Synchronization

/// A worker's small durable write, given once in a heartbeat: it proves that the queue can be written.
///
/// Not more often, since every commit wakes the other workers.
final class SignOfLife: Sendable {
  private let context: WorkerContext
  private let last = Mutex<UTCTimestamp?>(nil)

  init(_ context: WorkerContext) {
    self.context = context
  }

  /// Writes if a heartbeat has passed, or the clock was put back; then sees whether the queue and the worker agree on
  /// what it runs.
  ///
  /// - Throws: `WorkerBroken` where they do not, `SQLiteFailure`.
  func give() throws {
    let settings = context.settings
    let now = context.clock.now
    if let last = last.withLock({ $0 }), last <= now, now < last + settings.heartbeat { return }
    try context.store.noteAlive(
      worker: settings.name, host: settings.host, processID: settings.processID, bell: settings.bell, now: now)
    last.withLock { $0 = now }
    let own = try context.store.running().filter { $0.worker == settings.name }
    if let attempt = context.running.unknown(among: own) {
      let broken = WorkerBroken(attempt: attempt)
      context.logger.critical("\(broken)")
      context.notices.broken()
      throw broken
    }
    context.notices.alive()
  }
}

/// A worker whose own record of what it runs is not the queue's: it must not go on.
package struct WorkerBroken: Error, CustomStringConvertible {
  /// What it knows nothing of.
  let attempt: RunningAttempt

  /// The run, and what becomes of it.
  package var description: String {
    "the queue says that this worker runs attempt \(attempt.attempt) of run \(attempt.runID), and it does not; it ends, "
      + "and the run is taken back when its lease is over"
  }
}
