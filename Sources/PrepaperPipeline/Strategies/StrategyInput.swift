package import PrepaperDomain

/// What a strategy is given of one symbol.
package struct StrategyInput: Sendable {
  /// The bars, warm-up first.
  package let history: SufficientHistory
  /// The features that it declares, as long as the bars.
  package let features: FeatureColumns

  /// An input of these parts.
  package init(history: SufficientHistory, features: FeatureColumns) {
    self.history = history
    self.features = features
  }
}
