import Foundation
package import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperEvidence
import PrepaperJSON
import PrepaperMarketData

/// A published run executed with longer warm-ups, and the table of that added to its folder.
package struct SensitivityOfRun {
  /// What came of each.
  package let sensitivity: WarmUpSensitivity
  /// The path of the table.
  package let file: String

  /// Executes it.
  ///
  /// - Parameters:
  ///   - observe: hears what the source and the strategy say, a line each.
  ///   - progress: hears which multiple of the warm-up comes next.
  /// - Throws: `AppError` for a setting that cannot be, `RunError` where the run cannot be read or executed.
  package init(
    _ runID: RunID, in root: ArtifactsRoot, _ settings: Settings, observe: @escaping @Sendable (String) -> Void,
    progress: (Int) -> Void
  ) async throws {
    let scratch = try makeTemporaryDirectory()
    // What could not be removed is in the way of nobody.
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    sensitivity = try await WarmUpSensitivity(
      of: runID, in: root, service: settings.makeMarketDataService(observe: observe),
      strategies: settings.strategyCatalog { observe("strategy: \($0)") }, clock: SystemClock(), scratch: scratch,
      tell: progress)
    let directory = try RunAmendment(runID, in: root, archive: CSVBarArchive())
      .publish(.sensitivity, .value(sensitivity.json), isListed: true)
    file = "\(directory)/\(RunFile.sensitivity)"
  }
}
