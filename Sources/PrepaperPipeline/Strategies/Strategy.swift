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
  /// What the rules are, as a text that changes when they change; its digest stands in the manifest.
  var rules: String { get }
  /// Every parameter with its value, defaults included.
  var parameters: [String: JSONValue] { get }
  /// Parameters that were given and never changed a signal, sorted.
  var ignoredParameters: [String] { get }
  /// The timeframe of the bars it decides on.
  var timeframe: Timeframe { get }
  /// The features it needs.
  var features: [Feature] { get }

  /// How many bars it must have seen before the first one it evaluates.
  ///
  /// A window that starts within a session may need more: the instant is its start, nil means a session's open.
  func warmUpBars(beforeWindowAt start: UTCTimestamp?) -> Int

  /// The signals and rejects of the bars that open in the history's window, in time's order.
  func evaluate(_ history: SufficientHistory, features: FeatureColumns) -> StrategyResult

  /// What is taken of the signals of all symbols; the others become rejects.
  func select(from all: StrategyResult) -> StrategyResult
}

extension Strategy {
  /// All of them.
  package func select(from all: StrategyResult) -> StrategyResult { all }
}
