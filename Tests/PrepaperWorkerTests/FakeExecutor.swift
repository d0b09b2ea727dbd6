import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperWorker
import Synchronization

/// Executes attempts as a test says, and remembers them.
final class FakeExecutor: AttemptExecutor {
  private let body: @Sendable (Claim) async throws -> StagedAttempt
  private let seen = Mutex<[Claim]>([])

  /// An executor that stages a run of one file, or does what it is given.
  init(_ body: @escaping @Sendable (Claim) async throws -> StagedAttempt = { try stage($0) }) {
    self.body = body
  }

  /// The claims that it was given.
  var claims: [Claim] { seen.withLock { $0 } }

  func execute(
    _ claim: Claim, lock: (any AttemptLock)?, observe: @escaping @Sendable (AttemptProgress) -> Void
  ) async -> Execution {
    seen.withLock { $0.append(claim) }
    do {
      return Execution(.success(try await body(claim)))
    } catch {
      return Execution(.failure(error))
    }
  }

  func discard(_ runID: RunID, attempt: Int64, artifactsRoot: String) async throws {
    try ArtifactsRoot(path: artifactsRoot).discardStaging(runID, attempt: attempt)
  }
}

/// Stages the run of a claim: one file with the number of the attempt in it.
func stage(_ claim: Claim, status: RunStatus = .success) throws -> StagedAttempt {
  let staging = try StagingDirectory(
    root: ArtifactsRoot(path: claim.request.artifactsRoot), runID: claim.request.runID, attempt: claim.attempt)
  let file = try staging.files.write(Array("attempt \(claim.attempt)".utf8), to: "plan.json")
  try staging.seal()
  return StagedAttempt(
    staging: staging.staged, status: status, reason: status == .noSignals ? "insufficient_history" : nil,
    isSynthetic: true, files: [file])
}

/// Locks on a network file system: they tell nothing.
struct NoLocks: AttemptLocks {
  /// Called when one is to be made.
  var making: @Sendable () throws -> Void = {}

  func make() throws -> (any AttemptLock)? {
    try making()
    return nil
  }

  func state(of name: String) -> LockState { .unknown }
  func whenFree(_ name: String, _ call: @escaping @Sendable () -> Void) {}
  func endHolders(of name: String) async -> Bool { true }
  func remove(_ name: String) {}
  func tidy(keeping names: Set<String>) {}
}

/// A bell that nobody hears.
struct NoBell: Doorbell {
  func ring() {}
}
