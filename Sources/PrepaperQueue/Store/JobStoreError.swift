import PrepaperDomain

/// What went wrong with the queue, on which job, and what to do.
package struct JobStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of fault.
  package enum Code: String, Sendable {
    /// There is no such job.
    case noSuchRun = "no_such_run"
    /// The run id belongs to another request.
    case requestConflict = "request_conflict"
    /// The job is in a state that `retry` does not take.
    case notRetryable = "not_retryable"
    /// The job has ended, and cannot be cancelled any more.
    case notCancellable = "not_cancellable"
    /// The attempt is no longer the job's current one.
    case leaseLost = "lease_lost"
    /// The file was written by a newer prepaper.
    case schemaNewer = "schema_newer"
    /// The file is a database of something else.
    case schemaForeign = "schema_foreign"
    /// The file at the queue's path is not the one that was opened.
    case replaced = "queue_replaced"
    /// A row has a value that no version writes.
    case unreadable = "queue_unreadable"
  }

  /// The kind of fault.
  package let code: Code
  /// What was tried on what, and what to do.
  package let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  package var description: String { message }
}

extension JobStoreError {
  /// The attempt of a claim is no longer the job's current one.
  package static func leaseLost(_ claim: Claim) -> JobStoreError {
    JobStoreError(
      .leaseLost,
      "attempt \(claim.attempt) of run \(claim.request.runID) is no longer the current one; nothing was written")
  }

  /// The queue's file was removed, or another one was put in its place.
  package static func replaced(_ path: String) -> JobStoreError {
    JobStoreError(
      .replaced,
      "\(path) was removed or replaced while it was in use; what runs is stopped. Start again to work on the new file")
  }
}
