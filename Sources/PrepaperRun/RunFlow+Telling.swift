internal import PrepaperArtifacts
internal import PrepaperDomain
internal import PrepaperPipeline

extension RunFlow {
  /// Names the parameters that old backtests carry along without effect.
  func warnOfIgnored(_ strategy: any StrategyRunner) {
    guard !strategy.ignoredParameters.isEmpty else { return }
    observe(
      .warning(
        "\(strategy.key): parameters without effect on signals are ignored: "
          + strategy.ignoredParameters.joined(separator: ", ")))
  }

  /// Says whether the backtest has seen the window before.
  func tell(of window: TimeSpan, _ backtest: BacktestManifest) {
    guard let seenUntil = backtest.seenUntil, window.from < seenUntil else { return }
    observe(
      .warning(
        "the window begins at \(window.from), but the backtest has seen data up to \(seenUntil): this is no proof on "
          + "unseen data"))
  }
}
