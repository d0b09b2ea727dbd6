import PrepaperDomain
import PrepaperPipeline
import PrepaperPrograms

extension StrategyEntry {
  /// Those that prepaper brings along.
  static var builtIn: [StrategyEntry] { BuiltInStrategies.keys.map { StrategyEntry(key: $0) } }

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
