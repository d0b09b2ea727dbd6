package import PrepaperDomain

/// What a successful attempt leaves in the queue: result, directory and files.
package struct PublishedRun: Hashable, Sendable {
  /// How the run ended.
  package let status: RunStatus
  /// Why there are no signals.
  package let reason: String?
  /// Whether its bars were made up.
  package let isSynthetic: Bool
  /// The run's directory, an absolute path.
  package let directory: String
  /// Its files, relative to the directory.
  package let files: [ArtifactFile]

  /// A published run.
  package init(status: RunStatus, reason: String?, isSynthetic: Bool, directory: String, files: [ArtifactFile]) {
    self.status = status
    self.reason = reason
    self.isSynthetic = isSynthetic
    self.directory = directory
    self.files = files
  }
}
