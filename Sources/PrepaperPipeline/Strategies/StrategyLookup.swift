package import PrepaperDomain

/// Where a run finds its strategy.
package protocol StrategyLookup: Sendable {
  /// The strategy of a key or alias with these parameters, for bars of a timeframe and these symbols, ascending.
  ///
  /// - Throws: `RunError` with `unknown_strategy`, or `params_invalid` naming the parameter.
  func runner(
    key: String, parameters: [String: JSONValue], timeframe: Timeframe, symbols: [Symbol]
  ) throws(RunError) -> any StrategyRunner
}
