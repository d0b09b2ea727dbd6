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
  /// How long the attempt may take; nil for what the worker has.
  package let timeout: Duration?
  /// The name of the attempt's log, relative to the directory beside the queue.
  package let log: String
  /// How long the job waited since it was queued.
  package let waited: Duration
  /// What to run.
  package let request: JobRequest
}
