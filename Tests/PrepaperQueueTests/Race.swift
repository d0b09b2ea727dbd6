import Dispatch
import Foundation
import Glibc
import Synchronization

/// Threads that begin together, and what they failed with.
final class Race: Sendable {
  private let finished = DispatchGroup()
  private let waiting: Mutex<Int>
  private let errors = Mutex<[any Error]>([])

  init(runners: Int) {
    waiting = Mutex(runners)
  }

  /// What the runners threw.
  var failures: [any Error] { errors.withLock { $0 } }

  /// Starts a runner, which begins once all are there.
  func run(_ body: @escaping @Sendable () throws -> Void) {
    finished.enter()
    Thread.detachNewThread { [self] in
      waiting.withLock { $0 -= 1 }
      while waiting.withLock({ $0 }) > 0 { sched_yield() }
      do {
        try body()
      } catch {
        errors.withLock { $0.append(error) }
      }
      finished.leave()
    }
  }

  /// Returns when all have come to their end.
  func wait() { finished.wait() }
}
