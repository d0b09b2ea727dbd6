package import PrepaperDomain
package import PrepaperJSON

/// The strategies that prepaper brings along, by key and alias.
package enum BuiltInStrategies {
  /// All of them, in the order in which messages list them.
  static let all: [any BuiltInStrategy.Type] = [
    InsideBarStrategy.self, ConfirmedBreakoutStrategy.self, RudometkinStrategy.self,
  ]

  /// Every key, as messages list them.
  package static let keys = all.map { $0.strategyKey }

  /// The strategy of a key or alias with these parameters, for bars of a timeframe.
  ///
  /// - Throws: `RunError` with `unknown_strategy`, or `params_invalid` naming the parameter.
  package static func make(
    key: String, parameters: [String: JSONValue], timeframe: Timeframe
  ) throws(RunError) -> any Strategy {
    guard let type = all.first(where: { $0.strategyKey == key || $0.alias == key }) else {
      throw RunError(
        .unknownStrategy, "strategy '\(key)' is not known; known are: \(keys.joined(separator: ", "))")
    }
    return try type.init(parameters: parameters, timeframe: timeframe)
  }
}
