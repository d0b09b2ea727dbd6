import Dispatch
import Foundation
import PrepaperSQLite
import Synchronization

/// Another connection that keeps the queue's write lock until it is told to let go, as a slow process would.
final class QueueLock: Sendable {
  private let letGo = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)
  private let isHeld = Mutex(true)

  /// Takes the lock; it is held when this returns.
  init(_ path: String) throws {
    let store = try SQLiteStore(path: path, busyWait: BusyWait(deadline: .seconds(120), seed: 2), isWriteAheadLog: true)
    let held = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [letGo, done] in
      do {
        try store.write { _ in
          held.signal()
          letGo.wait()
        }
      } catch {
        preconditionFailure("the lock of a test's own queue cannot be had: \(error)")
      }
      done.signal()
    }
    held.wait()
  }

  /// Lets go of the lock, once; it is free when this returns.
  func release() {
    isHeld.withLock { isHeld in
      guard isHeld else { return }
      letGo.signal()
      done.wait()
      isHeld = false
    }
  }
}
