package import PrepaperDomain

/// One row of `attempts`: one try of a job.
package struct Attempt: Hashable, Sendable {
  /// Its number.
  package let number: Int64
  /// Who tried.
  package let worker: String
  /// When it began, and when it came to its end.
  package let startedAt: UTCTimestamp
  package let finishedAt: UTCTimestamp?
  /// `succeeded`, `failed`, `lost`, `cancelled` or `released`; nil while it runs.
  package let outcome: String?
  /// Why it failed.
  package let errorCode, errorMessage: String?
  /// The name of its log, relative to the directory beside the queue.
  package let log: String
  /// How far it has come, or had come.
  package let progress: AttemptProgress
  /// How its process ended, once that is known.
  package let end: ProcessEnd?
}
