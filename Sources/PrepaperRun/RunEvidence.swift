package import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON

/// Writes what is said about a run beside its own files, like its report: it follows from the run, and nothing of the
/// run follows from it.
package protocol RunEvidence: Sendable {
  /// Writes the files into the run's directory, before it is published.
  ///
  /// - Parameter warn: hears what an operator should know.
  /// - Returns: the files, relative to the directory.
  /// - Throws: ``RunError`` where a file cannot be written.
  func write(
    about run: UnpublishedRun, warn: (String) -> Void
  ) throws(RunError) -> [ArtifactFile]
}

/// A run whose manifest is written, and that nobody has seen yet.
package struct UnpublishedRun: Sendable {
  /// What it is.
  package let manifest: RunManifest
  /// SHA-256 of `run_manifest.json`.
  package let manifestHash: String
  /// Its orders, and what its strategy saw and did not take.
  package let plan: Plan
  package let rejects: [Reject]
  /// Bars that their source gave again with other numbers.
  package let revisions: [BarRevision]
  /// The root that it will be published below, with the backtest in it.
  package let root: ArtifactsRoot
  /// Where its files are now.
  package let directory: ArtifactDirectory
}
