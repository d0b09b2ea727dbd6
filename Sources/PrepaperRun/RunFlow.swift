package import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON
package import PrepaperPipeline

/// One run, from its request to files that are ready to be published: the whole flow, stage by stage.
package struct RunFlow: Sendable {
  private let service: any MarketDataService
  private let signals: any SignalsLedger
  private let strategies: any StrategyLookup
  private let prover: any RunProver
  private let evidence: any RunEvidence
  private let clock: any RunClock
  private let execution: RunExecution
  private let generatorVersion: String
  private let concurrency: Int
  private let resampling: any BarResampling.Type
  let observe: @Sendable (RunEvent) -> Void

  /// A flow over a service.
  ///
  /// - Parameters:
  ///   - signals: where the run's signals are written.
  ///   - prover: executes the run again, where it is to prove itself.
  ///   - evidence: writes what is said about the run beside its own files.
  ///   - concurrency: how many symbols' bars are fetched and held at once.
  ///   - resampling: builds the strategy's bars.
  ///   - observe: hears what happens, for logs and progress.
  package init(
    service: any MarketDataService, signals: any SignalsLedger, strategies: any StrategyLookup = BuiltInLookup(),
    prover: any RunProver, evidence: any RunEvidence, clock: any RunClock, execution: RunExecution,
    generatorVersion: String, concurrency: Int = 4,
    resampling: any BarResampling.Type = Resampler.self,
    observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.service = service
    self.signals = signals
    self.strategies = strategies
    self.prover = prover
    self.evidence = evidence
    self.clock = clock
    self.execution = execution
    self.generatorVersion = generatorVersion
    self.concurrency = concurrency
    self.resampling = resampling
    self.observe = observe
  }

  /// Executes a run up to the point where only the publication is left.
  ///
  /// The signals are written by then: doing it all again after a crash writes none twice.
  ///
  /// - Throws: `RunError`, or `CancellationError` between two stages of a cancelled task. Nothing is left of the
  ///   staged files then.
  package func stage(_ request: RunRequest) async throws -> StagedRun {
    observe(.using(service.announcement))
    observe(.began(runID: request.runID, backtestRunID: request.backtestRunID))
    for warning in service.warnings { observe(.warning(warning)) }
    var stages = StageTimes(clock: clock, observe: observe)
    let root = ArtifactsRoot(path: request.artifactsRoot)

    try stages.begin(.manifest)
    let backtest = try approved(root.backtest(request.backtestRunID), request)
    let scope = try RunScope(
      request, backtest, strategies, startedAt: stages.startedAt, resampling: resampling)
    warnOfIgnored(scope.runner)
    for warning in scope.runner.warnings { observe(.warning(warning)) }

    try stages.begin(.bars)
    let window = try await service.window(scope.windowQuery)
    tell(of: window, backtest)

    var pass = SymbolPass(
      scope, window, service,
      files: RunFiles(root: root, runID: request.runID, attempt: execution.attempt ?? 0), stages: stages,
      observe: observe)
    do {
      let outcome = try await pass.outcome(concurrency: concurrency)
      let plan = outcome.plan
      var manifest = outcome.manifest(
        scope, ignored: scope.runner.ignoredParameters, proof: .none, generatorVersion: generatorVersion)
      try refuseOther(manifest, than: root, request.runID)

      try pass.stages.begin(.proof)
      let proof = try await prove(manifest, request, &pass.files)
      manifest.proof = proof.proof
      let manifestHash = try pass.files.write(manifest: manifest)

      try pass.stages.begin(.report)
      pass.files.note(
        try evidence.write(
          about: UnpublishedRun(
            manifest: manifest, manifestHash: manifestHash, plan: plan, rejects: outcome.rejects,
            revisions: pass.revisions, root: root, directory: pass.files.directory())
        ) { observe(.warning($0)) })

      try pass.stages.begin(.signals)
      try refuseMixing(plan, with: await signals.signals(SignalsQuery(runID: request.runID)), request.runID)
      let receipt = try await signals.write(
        SignalsBatch(runID: request.runID, createdAt: clock.now, count: plan.orders.count) {
          storedSignal(plan.orders[$0])
        })
      observe(.signalsWritten(receipt))
      try pass.files.write(
        meta: RunMeta(
          execution: execution, runID: request.runID, status: manifest.status, startedAt: stages.startedAt,
          finishedAt: clock.now, stages: pass.stages.finish(), backtestCommit: backtest.commitHash,
          manifestHash: manifestHash, artifacts: pass.files.written, signals: receipt, orders: plan.orders,
          rejects: outcome.rejects, revisions: pass.revisions, lookahead: proof.lookahead?.json))
      try pass.files.keepAttestation(of: request.runID, in: root, manifestHash: manifestHash)
      let staging = try pass.files.seal()
      return StagedRun(
        directory: staging.staged, lock: staging, status: manifest.status, reason: manifest.reason,
        isSynthetic: outcome.data.provenance.isSynthetic,
        planHash: outcome.outputs.planHash, files: pass.files.written, signals: receipt, rejects: outcome.rejects,
        proof: manifest.proof)
    } catch {
      try pass.files.discard()
      throw error
    }
  }

  /// Has the run executed again from what it has written, and its signals tried without the bars after them.
  ///
  /// - Throws: `RunError` with `nondeterministic`, whose versions are kept for reading, or `lookahead`.
  private func prove(
    _ draft: RunManifest, _ request: RunRequest, _ files: inout RunFiles
  ) async throws -> (proof: RunProof, lookahead: LookaheadVerdict?) {
    guard request.options.isProven else { return (.none, nil) }
    let paths = try files.replayPaths()
    let verdict = try await prover.prove(
      ProofOrder(
        directory: paths.directory, definition: draft.json, scratch: paths.scratch, provesLookahead: true))
    if let first = verdict.changes.first {
      _ = try files.write(manifest: draft)
      let kept = try files.setAside() ?? paths.directory
      throw RunError(
        .nondeterministic,
        "run \(request.runID), executed again from its own bars, came to another \(first.path): nothing is published. "
          + "Both versions are kept in \(kept), the second one in \(kept)/replay; make the strategy depend on its bars "
          + "and parameters alone")
    }
    if let violation = verdict.lookahead?.violation { throw RunError(.lookahead, violation) }
    try files.removeReplay()
    let lookahead = verdict.lookahead?.status ?? .notRun
    observe(.proven(RunProof(replay: .holds, lookahead: lookahead), reason: verdict.lookahead?.reason))
    return (RunProof(replay: .holds, lookahead: lookahead), verdict.lookahead)
  }
}
