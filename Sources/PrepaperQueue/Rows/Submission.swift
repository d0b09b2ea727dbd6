/// A job to be added.
package struct Submission: Hashable, Sendable {
  /// What to run.
  package let request: JobRequest
  /// How to treat it.
  package let options: JobOptions

  /// A submission of these parts.
  package init(_ request: JobRequest, _ options: JobOptions = JobOptions()) {
    self.request = request
    self.options = options
  }
}
