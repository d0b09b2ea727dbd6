package import PrepaperDomain

/// A job with everything that is known of it.
package struct JobDetails: Hashable, Sendable {
  /// The job.
  package let job: Job
  /// Its files, by path, relative to its directory.
  package let files: [ArtifactFile]
  /// Its attempts, oldest first.
  package let attempts: [Attempt]
}
