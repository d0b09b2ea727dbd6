/// Everything a user may say about a run: what is the same twice is the same run.
package struct RunRequest: Hashable, Sendable {
  /// The run's own id: its directory, its row in the queue, its rows in the signals store.
  package let runID: RunID
  /// The approved backtest that the run starts from.
  package let backtestRunID: RunID
  /// The absolute path of the directory with `backtests/` and `prepaper/` in it.
  package let artifactsRoot: String
  /// What to evaluate.
  package let window: WindowRequest
  /// Which bars of a day the run sees.
  package let sessionMode: SessionMode
  /// Whether a backtest that did not end in `success` is accepted; the manifest records it.
  package let allowUnapproved: Bool
  /// What else the user says, where it is not the default.
  package let options: RunOptions

  /// A request of these parts.
  package init(
    runID: RunID, backtestRunID: RunID, artifactsRoot: String, window: WindowRequest,
    sessionMode: SessionMode = .rth, allowUnapproved: Bool = false, options: RunOptions = RunOptions()
  ) {
    self.runID = runID
    self.backtestRunID = backtestRunID
    self.artifactsRoot = artifactsRoot
    self.window = window
    self.sessionMode = sessionMode
    self.allowUnapproved = allowUnapproved
    self.options = options
  }
}
