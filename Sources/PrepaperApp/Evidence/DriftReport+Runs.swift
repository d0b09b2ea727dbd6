package import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperEvidence
import PrepaperMarketData

extension DriftReport {
  /// In what a run differs from another, or from the backtest that it started from.
  ///
  /// - Parameters:
  ///   - other: the other run and its root; nil for the backtest.
  ///   - tolerance: up to which distance two prices are the same.
  /// - Throws: `AppError` with `inputMissing` where the backtest has left no signals; `RunError` where a run cannot be
  ///   read.
  package init(
    of runID: RunID, in root: ArtifactsRoot, against other: (runID: RunID, root: ArtifactsRoot)?, tolerance: Double
  ) throws {
    let subject = try DriftSubject(run: runID, in: root, archive: CSVBarArchive())
    if let other {
      let reference = try DriftReference(run: other.runID, in: other.root, archive: CSVBarArchive())
      try self.init(subject, reference, tolerance: tolerance)
      return
    }
    let backtest = subject.backtest
    guard let reference = try DriftReference(backtest: backtest, in: root) else {
      throw AppError(
        "reference_not_found",
        "backtest \(backtest) has no \(BacktestFile.intents) in \(root.path)/backtests/\(backtest); name another run with "
          + "--against", .inputMissing)
    }
    try self.init(subject, reference, tolerance: tolerance)
  }
}
