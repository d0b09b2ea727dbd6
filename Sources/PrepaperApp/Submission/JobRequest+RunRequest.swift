package import PrepaperDomain
package import PrepaperQueue

extension JobRequest {
  /// What a run's job carries: all that is said about the run.
  ///
  /// - Throws: `JobStoreError` where the queue cannot take it.
  package init(_ request: RunRequest) throws(JobStoreError) { try self.init(request.json) }
}
