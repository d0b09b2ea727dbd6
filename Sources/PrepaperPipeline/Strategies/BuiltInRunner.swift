package import PrepaperDomain
package import PrepaperJSON

/// Runs a strategy that prepaper brings along.
package struct BuiltInRunner: StrategyRunner {
  private let strategy: any Strategy

  /// A runner of a strategy.
  package init(_ strategy: any Strategy) {
    self.strategy = strategy
  }

  package var key: String { strategy.key }
  package var fingerprint: StrategyFingerprint { .rules(strategy.rules) }
  package var parameters: [String: JSONValue] { strategy.parameters }
  package var ignoredParameters: [String] { strategy.ignoredParameters }
  package var features: [Feature] { strategy.features }

  package func warmUpBars(beforeWindowAt start: UTCTimestamp?) -> Int { strategy.warmUpBars(beforeWindowAt: start) }

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
