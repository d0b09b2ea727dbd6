internal import Synchronization

/// Where an attempt that is executed leaves what it came to, also for one that waits no more.
final class StagedResult: Sendable {
  private let result = Mutex<Result<StagedAttempt, any Error>?>(nil)

  /// What it came to, once it has.
  var value: Result<StagedAttempt, any Error>? { result.withLock { $0 } }

  func leave(_ value: Result<StagedAttempt, any Error>) {
    result.withLock { $0 = value }
  }
}
