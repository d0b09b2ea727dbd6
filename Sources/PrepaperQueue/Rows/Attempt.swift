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
  /// `succeeded`, `failed` or `lost`; nil while it runs.
  package let outcome: String?
  /// Why it failed.
  package let errorCode, errorMessage: String?
}
