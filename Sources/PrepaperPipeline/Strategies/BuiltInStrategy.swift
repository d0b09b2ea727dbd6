package import PrepaperDomain
package import PrepaperJSON

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
