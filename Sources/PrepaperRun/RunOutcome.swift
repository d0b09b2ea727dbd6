internal import PrepaperArtifacts
internal import PrepaperDomain
internal import PrepaperPipeline

/// What a run comes to from its bars, before anybody may see it.
struct RunOutcome {
  /// Which bars it saw.
  let data: RunManifest.SeenData
  /// What the gate found.
  let history: RunHistory
  /// What the strategy decided, before any sizing; kept where the run is a replay and had enough history.
  let decisions: StrategyResult?
  let plan: Plan
  let rejects: [Reject]
  let featuresHash: String
  let bars: [RunManifest.BarsFile]
  let outputs: RunManifest.Outputs

  /// The manifest of the run.
  func manifest(_ scope: RunScope, ignored: [String], proof: RunProof, generatorVersion: String) -> RunManifest {
    RunManifest(
      runID: scope.request.runID, mode: scope.request.options.mode, backtestRunID: scope.request.backtestRunID,
      strategy: scope.strategy(ignored: ignored), sizing: scope.request.options.sizing, data: data, history: history,
      inputs: RunManifest.Inputs(backtest: scope.backtest, featuresHash: featuresHash, bars: bars), outputs: outputs,
      proof: proof, generatorVersion: generatorVersion)
  }
}

extension SymbolPass {
  /// Takes all symbols through, runs the strategy over them, and writes what comes of it.
  ///
  /// - Parameter concurrency: how many symbols' bars are fetched and held at once.
  mutating func outcome(concurrency: Int) async throws -> RunOutcome {
    let (scope, service, window) = (scope, service, window)
    var found = try await withFetchedAhead(of: scope.symbols, concurrency: concurrency) { symbol in
      try await service.bars(scope.barsRequest(symbol, in: window))
    } body: { fetched in
      try await scope.runner.run { try await next(fetched) }
    }
    let (data, history) = (try data, history)
    observe(.history(history))

    try stages.begin(.plan)
    if !history.isEnough { found = StrategyResult() }
    let decisions = isReplay && history.isEnough ? found : nil
    let (plan, rejects) = try scope.planned(consume found)

    try stages.begin(.files)
    let outputs = try files.write(plan: plan)
    return RunOutcome(
      data: data, history: history, decisions: decisions, plan: plan, rejects: rejects, featuresHash: featuresHash,
      bars: barsFiles, outputs: outputs)
  }
}
