import PrepaperPipeline
import PrepaperPrograms

extension StrategyEntry {
  /// Those that prepaper brings along.
  package static var builtIn: [StrategyEntry] { StrategyDescription.all.map { StrategyEntry($0) } }

  private init(_ description: StrategyDescription) {
    key = description.key
    alias = description.alias
    timeframes = description.timeframes
    warmUpBars = description.warmUpBars
    features = description.features
    parameters = description.parameters.map { parameter in
      Parameter(
        name: parameter.declaration.name, alias: parameter.declaration.alias,
        defaultValue: parameter.declaration.defaultValue, values: parameter.declaration.values,
        description: parameter.meaning)
    }
    accepted = description.accepted
  }

  /// One that an operator has registered.
  init(_ registration: StrategyRegistration) {
    key = registration.name
    self.registration = registration
    timeframes = registration.timeframes
    warmUpBars = registration.warmUpBars
    features = registration.features
    parameters = registration.parameters
      .map { Parameter(name: $0.key, defaultValue: $0.value.defaultValue, description: $0.value.description) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}
