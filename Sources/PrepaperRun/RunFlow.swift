package import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperPipeline

/// One run, from its request to files that are ready to be published: the whole flow, stage by stage.
package struct RunFlow: Sendable {
  private let service: any MarketDataService
  private let strategies: any StrategyLookup
  private let clock: any RunClock
  private let execution: RunExecution
  private let generatorVersion: String
  private let concurrency: Int
  let observe: @Sendable (RunEvent) -> Void

  /// A flow over a service.
  ///
  /// - Parameters:
  ///   - concurrency: how many symbols' bars are fetched and held at once.
  ///   - observe: hears what happens, for logs and progress.
  package init(
    service: any MarketDataService, strategies: any StrategyLookup = BuiltInLookup(), clock: any RunClock,
    execution: RunExecution, generatorVersion: String, concurrency: Int = 4,
    observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.service = service
    self.strategies = strategies
    self.clock = clock
    self.execution = execution
    self.generatorVersion = generatorVersion
    self.concurrency = concurrency
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
    let scope = try RunScope(request, backtest, strategies, startedAt: stages.startedAt)
    warnOfIgnored(scope.runner)

    try stages.begin(.bars)
    let window = try await service.window(scope.windowQuery)
    tell(of: window, backtest)

    var pass = SymbolPass(
      scope, window, service,
      files: RunFiles(root: root, runID: request.runID, attempt: execution.attempt ?? 0), stages: stages,
      observe: observe)
    do {
      var found = try await withFetchedAhead(of: scope.symbols, concurrency: concurrency) { [service] symbol in
        try await service.bars(scope.barsRequest(symbol, in: window))
      } body: { fetched in
        try await scope.runner.run { try await pass.next(fetched) }
      }
      let (data, history) = (try pass.data, pass.history)
      observe(.history(history))

      try pass.stages.begin(.plan)
      if !history.isEnough { found = StrategyResult() }
      let (plan, rejects) = try planned(consume found, scope)

      try pass.stages.begin(.files)
      let outputs = try pass.files.write(plan: plan)
      let definition = RunDefinition(
        request: request, backtest: backtest, strategy: identity(of: scope.runner, backtest), data: data,
        warmUpBars: scope.warmUpBars, history: history, featuresHash: pass.featuresHash, bars: pass.barsFiles,
        outputs: outputs, generatorVersion: generatorVersion)
      try refuseOther(definition, than: root, request.runID)
      let manifestHash = try pass.files.write(definition: definition)

      try pass.stages.begin(.signals)
      try refuseMixing(plan, with: await service.signals(SignalsQuery(runID: request.runID)), request.runID)
      let receipt = try await service.writeSignals(
        SignalsBatch(runID: request.runID, createdAt: clock.now, count: plan.orders.count) {
          storedSignal(plan.orders[$0])
        })
      observe(.signalsWritten(receipt))
      try pass.files.write(
        meta: RunMeta(
          execution: execution, runID: request.runID, status: definition.status, startedAt: stages.startedAt,
          finishedAt: clock.now, stages: pass.stages.finish(), backtestCommit: backtest.commitHash,
          manifestHash: manifestHash, artifacts: pass.files.written, signals: receipt, orders: plan.orders,
          rejects: rejects,
          revisions: pass.revisions))
      let staging = try pass.files.seal()
      return StagedRun(
        directory: staging.staged, lock: staging, status: definition.status,
        reason: definition.status == .noSignals ? history.reason : nil, isSynthetic: data.provenance.isSynthetic,
        planHash: outputs.planHash, files: pass.files.written, signals: receipt, rejects: rejects)
    } catch {
      try pass.files.discard()
      throw error
    }
  }
}
