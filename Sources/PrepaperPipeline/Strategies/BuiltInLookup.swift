package import PrepaperDomain
package import PrepaperJSON

/// Finds the strategies that prepaper brings along.
package struct BuiltInLookup: StrategyLookup {
  /// The lookup.
  package init() {}

  package func runner(
    key: String, parameters: [String: JSONValue], timeframe: Timeframe, symbols: [Symbol]
  ) throws(RunError) -> any StrategyRunner {
    BuiltInRunner(try BuiltInStrategies.make(key: key, parameters: parameters, timeframe: timeframe))
  }
}
