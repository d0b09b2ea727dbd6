/// How a run that came to its end ended.
package enum RunStatus: String, CaseIterable, Sendable {
  /// The strategy ran, with or without signals.
  case success = "SUCCESS"
  /// The history did not suffice: the strategy did not run.
  case noSignals = "NO_SIGNALS"
}
