import PrepaperDomain
import PrepaperJSON
import PrepaperPrograms

/// A strategy as `strategies` shows it.
struct StrategyEntry {
  /// A parameter of it.
  struct Parameter {
    let name: String
    var alias: String?
    /// Nil where it has to be given.
    let defaultValue: JSONValue?
    /// Which values are known, in words.
    var values: String?
    let description: String
  }

  let key: String
  var alias: String?
  /// Nil for one that prepaper brings along.
  var registration: StrategyRegistration?
  let timeframes: [Timeframe]
  /// At a session's open, with the defaults.
  let warmUpBars: Int
  let features: [Feature]
  let parameters: [Parameter]
  /// Names of parameters that are accepted and change nothing.
  var accepted: [String] = []
}
