import PrepaperDomain

extension BacktestManifest {
  /// As much of the backtest behind a run as goes into the run.
  package init(of manifest: RunManifest) {
    let data = manifest.data
    self.init(
      runID: manifest.backtestRunID, status: manifest.inputs.backtestStatus ?? "success",
      strategyKey: manifest.strategy.key,
      strategyVersion: manifest.strategy.backtestVersion ?? manifest.strategy.version,
      parameters: manifest.strategy.parameters, symbols: data.symbols, timeframe: data.timeframe,
      baseTimeframe: data.baseTimeframe, calendar: data.calendar, seenUntil: nil,
      requiredWarmUpBars: data.warmUpBars, commitHash: nil, digest: manifest.inputs.backtestHash)
  }
}
