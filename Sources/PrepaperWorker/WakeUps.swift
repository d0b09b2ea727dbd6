internal import Synchronization

/// Wakes everything in a worker that waits, and counts how often it has.
package final class WakeUps: Sendable {
  private struct State {
    var count = 0
    var nextWaiter = 0
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// Nobody waits yet.
  package init() {}

  /// How often it has woken: what has happened since is not missed by `next(after:)`.
  package var count: Int { state.withLock { $0.count } }

  /// Wakes all that wait.
  package func wake() {
    let waiters = state.withLock { state in
      state.count += 1
      defer { state.waiters = [:] }
      return state.waiters.sorted { $0.key < $1.key }.map(\.value)
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Waits until it has woken more than that often.
  ///
  /// - Throws: `CancellationError` where the task is cancelled meanwhile.
  package func next(after count: Int) async throws {
    let number = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          // Looked at under the lock: a cancellation before it finds no waiter to wake.
          if state.count > count || Task.isCancelled { return true }
          state.waiters[number] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
    }
    try Task.checkCancellation()
  }
}
