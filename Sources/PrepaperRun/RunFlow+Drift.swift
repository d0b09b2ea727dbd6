internal import PrepaperArtifacts
internal import PrepaperDomain

extension RunFlow {
  /// `drift.json`, where the backtest has left its signals.
  ///
  /// A run does not depend on it: what cannot be read is warned of.
  func drift(
    of outcome: RunOutcome, _ definition: RunDefinition, _ revisions: [BarRevision], _ root: ArtifactsRoot,
    _ files: inout RunFiles
  ) throws(RunError) -> DriftReport? {
    let reference: DriftReference
    do throws(RunError) {
      guard let found = try DriftReference(backtest: definition.backtest.runID, in: root) else { return nil }
      reference = found
    } catch {
      observe(.warning("there is no drift report: \(error.message)"))
      return nil
    }
    let bars = try files.recordedBars(definition.json)
    let subject = DriftSubject(
      definition: definition.json, plan: outcome.plan, rejects: outcome.rejects, revisions: revisions,
      bars: { symbol throws(RunError) in try bars.bars(of: symbol) })
    let report = try DriftReport(subject, reference)
    try files.write(drift: report)
    return report
  }
}
