/// The files of a backtest in its folder that are read, beside its manifest, which has the name of a run's.
package enum BacktestFile: String, Sendable, CustomStringConvertible {
  /// How it ended, where its manifest does not say.
  case result = "run_result.json"
  /// The signals that it had.
  case intents = "events_intent.csv"

  /// The file's name.
  package var description: String { rawValue }
}
