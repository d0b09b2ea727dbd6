package import PrepaperDomain
package import PrepaperJSON

/// What there is to know of a strategy before it runs: for those who choose one.
package struct StrategyDescription: Hashable, Sendable {
  /// One parameter.
  package struct Parameter: Hashable, Sendable {
    /// Its names, its default and its known values.
    package let declaration: ParameterDeclaration
    /// What it does.
    package let meaning: String
  }

  /// The strategy's name in manifests and plans.
  package let key: String
  /// Another name for it in manifests, where it has one.
  package let alias: String?
  /// The timeframes that it is made for.
  package let timeframes: [Timeframe]
  /// Its parameters, in the order in which it reads them.
  package let parameters: [Parameter]
  /// Names that are accepted and change nothing; one that ends in `*` stands for all that begin so.
  package let accepted: [String]
  /// How many bars it must have seen at a session's open, with the defaults.
  package let warmUpBars: Int
  /// The features that it needs, with the defaults.
  package let features: [Feature]

  /// The strategies that prepaper brings along.
  package static let all = BuiltInStrategies.all.map { StrategyDescription($0) }

  /// What a strategy says of itself, where it is asked with its example.
  private init(_ type: any BuiltInStrategy.Type) {
    let (given, timeframe) = type.example
    let strategy: any BuiltInStrategy
    do {
      strategy = try type.init(parameters: given, timeframe: timeframe)
    } catch let error {
      preconditionFailure("a strategy takes its own example: \(error)")
    }
    key = type.strategyKey
    alias = type.alias
    timeframes = type.timeframes
    let meanings = type.meanings
    parameters = strategy.declared.map { Parameter(declaration: $0, meaning: meanings[$0.name] ?? "") }
    accepted = type.accepted
    warmUpBars = strategy.warmUpBars
    features = strategy.features
  }
}

/// A parameter as a strategy reads it.
package struct ParameterDeclaration: Hashable, Sendable {
  /// Its name.
  package let name: String
  /// Its other name, where it has one.
  package let alias: String?
  /// Its value where it is not given; nil where it is required.
  package let defaultValue: JSONValue?
  /// Which values are known, in words: `0.0…1.0`, `inclusive, strict`.
  package let values: String
}
