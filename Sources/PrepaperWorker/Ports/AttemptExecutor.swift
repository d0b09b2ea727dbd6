package import PrepaperDomain
package import PrepaperQueue

/// Executes one attempt up to the point where only the publication is left: all that a worker knows of a run.
package protocol AttemptExecutor: Sendable {
  /// Stages the run of a claim; where the task is cancelled, stops it and returns once nothing of it runs any more.
  ///
  /// - Parameters:
  ///   - lock: the attempt's lock, which the process that runs it inherits.
  ///   - observe: hears how far it has come.
  func execute(
    _ claim: Claim, lock: (any AttemptLock)?, observe: @escaping @Sendable (AttemptProgress) -> Void
  ) async -> Execution

  /// Sees to it that nothing of an attempt can be published any more; its files are removed.
  ///
  /// - Throws: `RunError` where they can be neither removed nor reached.
  func discard(_ runID: RunID, attempt: Int64, artifactsRoot: String) async throws
}
