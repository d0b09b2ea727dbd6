internal import PrepaperArtifacts
internal import PrepaperDomain
internal import PrepaperPipeline

extension RunFlow {
  /// Names the parameters that old backtests carry along without effect.
  func warnOfIgnored(_ strategy: any Strategy) {
    guard !strategy.ignoredParameters.isEmpty else { return }
    observe(
      .warning(
        "\(strategy.key): parameters without effect on signals are ignored: "
          + strategy.ignoredParameters.joined(separator: ", ")))
  }

  /// Says what bars there are, and whether the strategy has seen them before.
  func tell(of response: BarsResponse, _ backtest: BacktestManifest) {
    observe(
      .barsLoaded(
        response.base.count, symbol: backtest.symbol, timeframe: response.base.timeframe,
        source: response.provenance.source))
    if let seenUntil = backtest.seenUntil, response.window.from < seenUntil {
      observe(
        .warning(
          "the window begins at \(response.window.from), but the backtest has seen data up to \(seenUntil): this "
            + "is no proof on unseen data"))
    }
  }
}
