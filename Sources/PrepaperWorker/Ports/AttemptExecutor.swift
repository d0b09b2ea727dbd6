import PrepaperArtifacts
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
  /// - Throws: ``RunError`` where they can be neither removed nor reached.
  func discard(_ runID: RunID, attempt: Int64, artifactsRoot: String) async throws
}

/// What the execution of an attempt came to.
package struct Execution: Sendable {
  /// The staged run; ``RunError`` where the run failed, `CancellationError` where it was stopped.
  package let result: Result<StagedAttempt, any Error>
  /// How its process ended, where it had one.
  package let end: ProcessEnd?

  /// An execution of these parts.
  package init(_ result: Result<StagedAttempt, any Error>, end: ProcessEnd? = nil) {
    self.result = result
    self.end = end
  }
}

/// An attempt whose files are durable and not yet to be seen.
package struct StagedAttempt: Sendable {
  /// Where its files are.
  package let staging: any StagedFiles
  /// How the run ended.
  package let status: RunStatus
  /// Why there are no signals, where the gate closed.
  package let reason: String?
  /// Whether its bars were made up.
  package let isSynthetic: Bool
  /// Its files.
  package let files: [ArtifactFile]

  /// A staged attempt of these parts.
  package init(
    staging: any StagedFiles, status: RunStatus, reason: String?, isSynthetic: Bool, files: [ArtifactFile]
  ) {
    self.staging = staging
    self.status = status
    self.reason = reason
    self.isSynthetic = isSynthetic
    self.files = files
  }
}

/// An attempt's files, durable and not yet to be seen.
package protocol StagedFiles: Sendable {
  /// Puts them into their place in one step; returns the path there.
  ///
  /// - Throws: ``RunError``, also where somebody has discarded them meanwhile.
  func publish() async throws -> String
}

extension StagedDirectory: StagedFiles {}
