import PrepaperArtifacts
import PrepaperDomain

/// An attempt's files, durable and not yet to be seen.
package protocol StagedFiles: Sendable {
  /// Puts them into their place in one step; returns the path there.
  ///
  /// - Throws: `RunError`, also where somebody has discarded them meanwhile.
  func publish() async throws -> String
}

extension StagedDirectory: StagedFiles {}
