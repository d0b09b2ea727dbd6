package import PrepaperQueue

/// What the execution of an attempt came to.
package struct Execution: Sendable {
  /// The staged run; `RunError` where the run failed, `CancellationError` where it was stopped.
  package let result: Result<StagedAttempt, any Error>
  /// How its process ended, where it had one.
  package let end: ProcessEnd?

  /// An execution of these parts.
  package init(_ result: Result<StagedAttempt, any Error>, end: ProcessEnd? = nil) {
    self.result = result
    self.end = end
  }
}
