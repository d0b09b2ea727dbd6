import Foundation
package import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperEvidence

/// A published run executed again, from its own bars, in a process of its own.
package struct ReplayOfRun {
  /// How it came out.
  package let replayed: ReplayedRun
  /// The directory with what came out another way; nil where nothing did, and then nothing is left.
  package let kept: String?

  /// Executes it.
  ///
  /// - Parameters:
  ///   - provesLookahead: whether its signals are also tried without the bars after them.
  ///   - observe: hears what the process says, a line each.
  /// - Throws: `AppError` with `noSuchRun` where it is not published; `RunError` where it cannot be tried.
  package init(
    _ runID: RunID, in root: ArtifactsRoot, provesLookahead: Bool, _ settings: Settings,
    observe: @escaping @Sendable (String) -> Void
  ) async throws {
    let directory = try makeTemporaryDirectory()
    var isKept = false
    // What could not be removed is in the way of nobody.
    defer { if !isKept { try? FileManager.default.removeItem(atPath: directory) } }
    let scratch = "\(directory)/replay"
    let replayed = try await ReplayedRun(
      runID, root: root, prover: settings.replayProcess(observe: observe), scratch: scratch,
      provesLookahead: provesLookahead)
    guard let replayed else { throw AppError(noRun: runID, in: root) }
    self.replayed = replayed
    isKept = !replayed.changes.isEmpty
    kept = isKept ? scratch : nil
  }
}
