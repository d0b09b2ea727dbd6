package import PrepaperDomain

/// A job to be added.
package struct Submission: Hashable, Sendable {
  /// What to run.
  package let request: RunRequest
  /// How to treat it.
  package let options: JobOptions

  /// A submission of these parts.
  package init(_ request: RunRequest, _ options: JobOptions = JobOptions()) {
    self.request = request
    self.options = options
  }
}
