package import PrepaperDomain
package import PrepaperJSON

/// Where a run finds its strategy.
package protocol StrategyLookup: Sendable {
  /// The strategy of a key or alias with these parameters, for bars of a timeframe.
  ///
  /// - Parameter symbols: those of the run, ascending.
  /// - Throws: `RunError` with `unknown_strategy`, where the key is none or its registration cannot be used;
  ///   `params_invalid` naming the parameter; `strategy_failed` where a program cannot be read.
  func runner(
    key: String, parameters: [String: JSONValue], timeframe: Timeframe, symbols: [Symbol]
  ) throws(RunError) -> any StrategyRunner
}
