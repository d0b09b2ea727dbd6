/// What became of a submission: the job, and whether it is new.
package struct SubmittedJob: Hashable, Sendable {
  /// The job, new or there before.
  package let job: Job
  /// Whether this submission made it.
  package let created: Bool
}
