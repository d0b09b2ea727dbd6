package import PrepaperDomain

/// The right to run one attempt of a job, as long as its lease is renewed.
package struct Claim: Hashable, Sendable {
  /// The row of the job.
  package let jobID: Int64
  /// The attempt's number: every write of this attempt names it, and fails once another attempt has begun.
  package let attempt: Int64
  /// Who claimed.
  package let worker: String
  /// How many attempts counted so far, this one included, and how many may.
  package let tries, maxTries: Int
  /// What to run.
  package let request: RunRequest
}
