import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON
package import PrepaperRun

/// Leaves `drift.json`, where the backtest has left its signals, and `report.html` with each run.
package struct DriftAndReport: RunEvidence {
  private let archive: any BarArchive

  /// - Parameter archive: reads the bars that the run has written.
  package init(archive: any BarArchive) {
    self.archive = archive
  }

  package func write(
    about run: UnpublishedRun, warn: (String) -> Void
  ) throws(RunError) -> [ArtifactFile] {
    let directory = run.directory
    let bars = RecordedBars(run.manifest, archive, directory: directory.path) { file throws(RunError) in
      try directory.read(file)
    }
    var written: [ArtifactFile] = []
    let drift = try drift(of: run, bars, warn)
    if let drift {
      written.append(
        try directory.write(to: .drift) { write throws(RunError) in
          try CanonicalJSON.pretty(drift.document, write: write)
        })
    }
    written.append(try ReportFile(run, drift: drift, bars, archive).write(to: directory))
    return written
  }

  /// The drift from the backtest; a run does not depend on it: what cannot be read is warned of.
  private func drift(
    of run: UnpublishedRun, _ bars: RecordedBars, _ warn: (String) -> Void
  ) throws(RunError) -> DriftReport? {
    let reference: DriftReference
    do throws(RunError) {
      guard let found = try DriftReference(backtest: run.manifest.backtestRunID, in: run.root) else { return nil }
      reference = found
    } catch {
      warn("there is no drift report: \(error.message)")
      return nil
    }
    return try DriftReport(DriftSubject(run, bars: { symbol throws(RunError) in try bars.bars(of: symbol) }), reference)
  }
}
