import PrepaperArtifacts
import PrepaperDomain
import PrepaperEvidence
import PrepaperMarketData
import PrepaperRun

extension RunFlow {
  /// The flow of a run in this process, with all that the settings name.
  ///
  /// - Parameters:
  ///   - events: tells what happens, and what strategies and proofs say.
  ///   - hearSource: hears what the source of bars says, a line each.
  ///   - observe: hears what happens, too.
  /// - Throws: `AppError` for a setting that cannot be.
  init(
    _ settings: Settings, _ events: RunEventLog, execution: RunExecution,
    hearSource: @escaping @Sendable (String) -> Void, observe: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) throws(AppError) {
    self.init(
      service: try settings.makeMarketDataService(observe: hearSource), signals: try settings.makeSignalsLedger(),
      strategies: settings.strategyCatalog { events.tell("strategy: \($0)") },
      prover: settings.replayProcess { events.tell($0) }, evidence: DriftAndReport(archive: CSVBarArchive()),
      clock: SystemClock(), execution: execution, generatorVersion: generatorVersion,
      observe: { event in
        events.observe(event)
        observe(event)
      })
  }
}
