package import PrepaperDomain

/// One row of `jobs`: a run that was submitted, and what became of it so far.
package struct Job: Hashable, Sendable {
  /// The row.
  package let id: Int64
  /// What was asked for.
  package let request: JobRequest
  /// Where it stands.
  package let state: JobState
  /// Higher is claimed earlier.
  package let priority: Int
  /// How often it was claimed, ever: the fencing token of the current claim.
  package let attempt: Int64
  /// How many attempts counted since it was submitted or retried, and how many may.
  package let tries, maxTries: Int
  /// How long an attempt may take; nil for what the worker has.
  package let timeout: Duration?
  /// The key of which no two jobs run at once.
  package let concurrencyKey: String?
  /// The run that must have succeeded before.
  package let after: RunID?
  /// Whether it still waits for that.
  package let isWaiting: Bool
  /// Who runs it.
  package let worker: String?
  /// Until when the claim holds without another sign of life.
  package let leaseUntil: UTCTimestamp?
  /// Since when somebody wants it cancelled, while it runs.
  package let cancelRequestedAt: UTCTimestamp?
  /// When it is due, while it is scheduled.
  package let runAt: UTCTimestamp?
  /// How the run ended, once it succeeded.
  package let result: RunStatus?
  /// Why it has no signals, where the gate closed.
  package let reason: String?
  /// Whether its bars were made up, once it succeeded.
  package let isSynthetic: Bool?
  /// The code and the words of the last failure.
  package let errorCode, errorMessage: String?
  /// Where its files are, once it succeeded.
  package let runDirectory: String?
  /// When it was submitted.
  package let submittedAt: UTCTimestamp
  /// When it was last claimed, and when it came to its end.
  package let startedAt, finishedAt: UTCTimestamp?
}
