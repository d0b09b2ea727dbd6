package import PrepaperDomain
package import PrepaperJSON

/// A trading strategy with its parameters: bars and features in, decisions out.
///
/// It knows no clock, file or network.
///
/// Nothing after a signal's decision time may change that signal.
package protocol Strategy: Sendable {
  /// The strategy's name in manifests and plans.
  var key: String { get }
  /// The version of the rules, which changes when they do.
  var version: String { get }
  /// Every parameter with its value, defaults included.
  var parameters: [String: JSONValue] { get }
  /// Parameters that were given and never changed a signal, sorted.
  var ignoredParameters: [String] { get }
  /// The timeframe of the bars it decides on.
  var timeframe: Timeframe { get }
  /// The features it needs.
  var features: [Feature] { get }

  /// How many bars it must have seen before the first one it evaluates, wherever that is.
  var warmUpBars: Int { get }

  /// How many bars it must have seen before a window that starts at an instant.
  func warmUp(beforeWindowAt start: UTCTimestamp) -> WarmUp

  /// The signals and rejects of the bars that open in the history's window, in time's order.
  func evaluate(_ history: SufficientHistory, features: FeatureColumns) -> StrategyResult

  /// What is taken of the signals of all symbols; the others become rejects.
  func select(from all: StrategyResult) -> StrategyResult
}

extension Strategy {
  /// What the rules are, as a text that changes when they change; its digest stands in the manifest.
  package var rules: String { "\(key) rules \(version)" }

  /// As many as before any window.
  package func warmUp(beforeWindowAt start: UTCTimestamp) -> WarmUp { WarmUp(bars: warmUpBars) }

  /// All of them.
  package func select(from all: StrategyResult) -> StrategyResult { all }
}

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

/// What a strategy found in a window.
package struct StrategyResult: Hashable, Sendable {
  /// The decisions, in time's order.
  package var signals: [Signal] = []
  /// The patterns that were seen and not taken, in time's order.
  package var rejects: [Reject] = []

  /// Nothing yet.
  package init() {}
}
