package import PrepaperDomain

/// An attempt that has not ended, as everybody sees it.
package struct RunningAttempt: Hashable, Sendable {
  /// The row of the job.
  package let jobID: Int64
  /// The attempt's number.
  package let attempt: Int64
  /// Who claimed it.
  package let worker: String
  /// The name of its lock, or nil where only the lease tells whether it lives.
  package let lock: String?
  /// Until when the claim holds without another sign of life.
  package let leaseUntil: UTCTimestamp
  /// Which run it is.
  package let runID: RunID
  /// Where it writes.
  package let artifactsRoot: String
}
