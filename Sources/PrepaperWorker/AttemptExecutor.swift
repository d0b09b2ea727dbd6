package import PrepaperQueue

/// Executes one attempt up to the point where only the publication is left: all that a worker knows of a run.
package protocol AttemptExecutor: Sendable {
  /// Stages the run of a claim.
  ///
  /// - Throws: `RunError`, or `CancellationError` where the attempt was given up meanwhile.
  func execute(_ claim: Claim) async throws -> StagedAttempt
}
