package import PrepaperDomain

/// An attempt whose files are durable and not yet to be seen.
package struct StagedAttempt: Sendable {
  /// Where its files are.
  package let staging: any StagedFiles
  /// How the run ended.
  package let status: RunStatus
  /// Why there are no signals, where the gate closed.
  package let reason: String?
  /// Whether its bars were made up.
  package let isSynthetic: Bool
  /// Its files.
  package let files: [ArtifactFile]

  /// A staged attempt of these parts.
  package init(
    staging: any StagedFiles, status: RunStatus, reason: String?, isSynthetic: Bool, files: [ArtifactFile]
  ) {
    self.staging = staging
    self.status = status
    self.reason = reason
    self.isSynthetic = isSynthetic
    self.files = files
  }
}
