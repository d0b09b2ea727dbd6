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

/// A strategy that prepaper brings along, with what there is to know of it before it has parameters.
package protocol BuiltInStrategy: Strategy {
  /// The strategy's name in manifests and plans.
  static var strategyKey: String { get }
  /// Another name for it in manifests, where it has one.
  static var alias: String? { get }
  /// The timeframes that it is made for.
  static var timeframes: [Timeframe] { get }
  /// Names in old backtests that never changed a signal; one that ends in `*` stands for all that begin so.
  static var accepted: [String] { get }
  /// What each parameter means, by name.
  static var meanings: [String: String] { get }
  /// Parameters with which it reads every parameter that it knows, for bars of a timeframe.
  static var example: (parameters: [String: JSONValue], timeframe: Timeframe) { get }

  /// The parameters that it read, in that order.
  var declared: [ParameterDeclaration] { get }

  /// The strategy with the parameters of a backtest.
  ///
  /// - Throws: `RunError` with `params_invalid`, naming the parameter.
  init(parameters: [String: JSONValue], timeframe: Timeframe) throws(RunError)
}

extension BuiltInStrategy {
  package var key: String { Self.strategyKey }
}

/// Runs a strategy that prepaper brings along.
package struct BuiltInRunner: StrategyRunner {
  private let strategy: any Strategy

  /// A runner of a strategy.
  package init(_ strategy: any Strategy) {
    self.strategy = strategy
  }

  package var key: String { strategy.key }
  package var version: String { strategy.version }
  package var fingerprint: StrategyFingerprint { .rules(strategy.rules) }
  package var parameters: [String: JSONValue] { strategy.parameters }
  package var ignoredParameters: [String] { strategy.ignoredParameters }
  package var features: [Feature] { strategy.features }

  package func warmUp(beforeWindowAt start: UTCTimestamp) -> WarmUp { strategy.warmUp(beforeWindowAt: start) }

  package func run(_ next: () async throws -> StrategyInput?) async throws -> StrategyResult {
    var all = StrategyResult()
    while let input = try await next() {
      let found = strategy.evaluate(input.history, features: input.features)
      all.signals += found.signals
      all.rejects += found.rejects
    }
    return strategy.select(from: all)
  }
}

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
