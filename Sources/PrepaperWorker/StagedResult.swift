internal import Synchronization

/// Where an attempt that is executed leaves its files for whoever waits, also for one that waits no more.
final class StagedResult: Sendable {
  private let attempt = Mutex<StagedAttempt?>(nil)

  /// The staged attempt, once there is one.
  var value: StagedAttempt? { attempt.withLock { $0 } }

  func leave(_ staged: StagedAttempt) {
    attempt.withLock { $0 = staged }
  }
}
