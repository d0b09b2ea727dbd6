package import PrepaperArtifacts
package import PrepaperDomain
internal import PrepaperPipeline

/// One run, from its request to files that are ready to be published: the whole flow, stage by stage.
package struct RunFlow: Sendable {
  private let service: any MarketDataService
  private let clock: any RunClock
  private let execution: RunExecution
  private let generatorVersion: String
  let observe: @Sendable (RunEvent) -> Void

  /// A flow over a service; `observe` hears what happens, for logs and progress.
  package init(
    service: any MarketDataService, clock: any RunClock, execution: RunExecution, generatorVersion: String,
    observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.service = service
    self.clock = clock
    self.execution = execution
    self.generatorVersion = generatorVersion
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
    let strategy = try BuiltInStrategies.make(
      key: backtest.strategyKey, parameters: backtest.parameters, timeframe: backtest.timeframe)
    warnOfIgnored(strategy)

    try stages.begin(.bars)
    let warmUpBars = max(
      strategy.warmUpBars(beforeWindowAt: request.window.instantWithinDay), backtest.requiredWarmUpBars)
    let window = try await service.window(
      WindowQuery(
        symbols: [backtest.symbol], timeframe: backtest.timeframe, baseTimeframe: backtest.baseTimeframe,
        calendar: .xnys, sessionMode: request.sessionMode, window: request.window, seenUntil: backtest.seenUntil,
        now: stages.startedAt))
    let response = try await service.bars(
      BarsRequest(
        symbol: backtest.symbol, timeframe: backtest.timeframe, baseTimeframe: backtest.baseTimeframe,
        calendar: .xnys, sessionMode: request.sessionMode, window: window, warmUpBars: warmUpBars,
        now: stages.startedAt))
    stages.count(bars: response.base.count)
    tell(of: response, backtest)

    try stages.begin(.gate)
    let verdict = HistoryGate().judge(response, timeframe: backtest.timeframe, sessionMode: request.sessionMode)
    stages.count(bars: response.base.count)
    observe(.gate(verdict.report))

    var columns = FeatureColumns([:])
    var result = StrategyResult()
    if case .sufficient(let history, _) = verdict {
      try stages.begin(.features)
      columns = try await service.features(FeaturesRequest(series: history.series, features: strategy.features))
      stages.count(bars: history.series.count)
      try stages.begin(.strategy)
      result = strategy.evaluate(history, features: columns)
      stages.count(bars: history.series.count)
    }

    try stages.begin(.plan)
    let plan = plan(result.signals, strategyKey: strategy.key)

    try stages.begin(.files)
    let staging = try StagingDirectory(root: root, runID: request.runID, attempt: execution.attempt ?? 0)
    do {
      var files = RunFiles(staging: staging)
      let outputs = try files.write(plan: plan)
      let bars = try files.write(bars: response.base)
      let definition = RunDefinition(
        request: request, backtest: backtest, strategy: identity(of: strategy, backtest), response: response,
        warmUpBars: warmUpBars, history: verdict.report,
        featuresHash: featuresHash([(backtest.symbol, columns)]), bars: [bars], outputs: outputs,
        generatorVersion: generatorVersion)
      try refuseOther(definition, than: root, request.runID)
      try files.write(definition: definition)

      try stages.begin(.signals)
      try refuseMixing(plan, with: await service.signals(SignalsQuery(runID: request.runID)), request.runID)
      let receipt = try await service.writeSignals(
        SignalsBatch(runID: request.runID, createdAt: clock.now, signals: plan.orders.map(storedSignal)))
      observe(.signalsWritten(receipt))
      try files.write(
        meta: RunMeta(
          execution: execution, runID: request.runID, status: definition.status, startedAt: stages.startedAt,
          finishedAt: clock.now, stages: stages.finish(), backtestCommit: backtest.commitHash,
          artifacts: files.written, signals: receipt, orders: plan.orders,
          rejects: result.rejects))
      try staging.seal()
      return StagedRun(
        directory: staging.staged, lock: staging, status: definition.status, reason: verdict.report.reason,
        isSynthetic: response.provenance.isSynthetic, planHash: outputs.planHash, files: files.written,
        signals: receipt, rejects: result.rejects)
    } catch {
      try staging.staged.discard()
      throw error
    }
  }
}
