internal import PrepaperDomain
internal import PrepaperQueue
internal import Synchronization

/// A worker's small durable write, given once in a heartbeat: it proves that the queue can be written.
///
/// Not more often, since every commit wakes the other workers.
final class SignOfLife: Sendable {
  private let store: JobStore
  private let live: Current<WorkerSettings>
  private let last = Mutex<UTCTimestamp?>(nil)

  init(store: JobStore, live: Current<WorkerSettings>) {
    self.store = store
    self.live = live
  }

  /// Writes if a heartbeat has passed, or the clock was put back; says whether it did.
  func give(now: UTCTimestamp) throws -> Bool {
    if let last = last.withLock({ $0 }), last <= now, now < last + live.value.heartbeat { return false }
    try store.noteAlive(
      worker: live.value.name, host: live.value.host, processID: live.value.processID, bell: live.value.bell, now: now)
    last.withLock { $0 = now }
    return true
  }
}
