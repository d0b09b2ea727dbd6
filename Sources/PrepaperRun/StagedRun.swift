package import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON

/// A run whose files are durable and not yet to be seen.
package struct StagedRun: Sendable {
  /// Where its files are, ready to be published.
  package let directory: StagedDirectory
  /// Holds the directory as long as this value is held.
  let lock: StagingDirectory
  /// How it ended.
  package let status: RunStatus
  /// Why there are no signals, where the gate closed.
  package let reason: String?
  /// Whether its bars were made up.
  package let isSynthetic: Bool
  /// SHA-256 of `plan.json`.
  package let planHash: String
  /// Its files, relative to its directory.
  package let files: [ArtifactFile]
  /// What became of its signals.
  package let signals: SignalsReceipt
  /// What its strategy saw and did not take.
  package let rejects: [Reject]
  /// What it has proven of itself.
  package let proof: RunProof
}
