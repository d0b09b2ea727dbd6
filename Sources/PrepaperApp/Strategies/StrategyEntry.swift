package import PrepaperDomain
package import PrepaperJSON
package import PrepaperPrograms

/// What there is to know of a strategy.
package struct StrategyEntry {
  /// A parameter of it.
  package struct Parameter {
    /// What it is called in a manifest.
    package let name: String
    /// Another name for it.
    package var alias: String?
    /// Nil where it has to be given.
    package let defaultValue: JSONValue?
    /// Which values are known, in words.
    package var values: String?
    /// What it does.
    package let description: String
  }

  /// The name that a backtest has for it.
  package let key: String
  /// Another name for it.
  package var alias: String?
  /// Nil for one that prepaper brings along.
  package var registration: StrategyRegistration?
  /// The lengths of bars that it takes.
  package let timeframes: [Timeframe]
  /// At a session's open, with the defaults.
  package let warmUpBars: Int
  /// What it wants to know of each bar.
  package let features: [Feature]
  /// What can be said to it.
  package let parameters: [Parameter]
  /// Names of parameters that are accepted and change nothing.
  package var accepted: [String] = []
}
