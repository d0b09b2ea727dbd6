package import PrepaperDomain

/// The strategies that prepaper brings along, by key and alias.
package enum BuiltInStrategies {
  /// Every key, as messages list them.
  package static let keys = [InsideBarStrategy.strategyKey]

  /// The strategy of a key or alias with these parameters, for bars of a timeframe.
  ///
  /// - Throws: `RunError` with `unknown_strategy`, or `params_invalid` naming the parameter.
  package static func make(
    key: String, parameters: [String: JSONValue], timeframe: Timeframe
  ) throws(RunError) -> any Strategy {
    switch key {
    case InsideBarStrategy.strategyKey, InsideBarStrategy.alias:
      return InsideBarStrategy(try InsideBarParameters(parameters, timeframe: timeframe))
    default:
      throw RunError(
        .unknownStrategy, "strategy '\(key)' is not known; known are: \(keys.joined(separator: ", "))")
    }
  }
}
