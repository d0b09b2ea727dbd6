/// A setting: a variable of the environment and of the settings files.
///
/// `units/prepaper.env` explains each of them.
package enum Setting: String, CaseIterable, Sendable {
  /// The queue's file.
  case queueDb = "PREPAPER_QUEUE_DB"
  /// Where backtests are and runs go.
  case artifactsRoot = "PREPAPER_ARTIFACTS_ROOT"
  /// Below which directories a worker writes.
  case artifactsRoots = "PREPAPER_ARTIFACTS_ROOTS"
  /// Real bars or made-up ones.
  case provider = "MARKETDATA_PROVIDER"
  /// Where real bars come from.
  case barsSource = "BARS_SOURCE"
  /// The store that the signals of real runs go to.
  case signalsDb = "SIGNALS_DB_PATH"
  /// How many runs a worker executes at once.
  case concurrency = "PREPAPER_CONCURRENCY"
  /// How long a run may take, in seconds.
  case runTimeout = "PREPAPER_RUN_TIMEOUT"
  /// How long a worker that is to stop waits for its runs, in seconds.
  case stopTimeout = "PREPAPER_STOP_TIMEOUT"
  /// How long a run that is to stop may take, in seconds.
  case grace = "PREPAPER_GRACE"
  /// The wait after a first transient failure, in seconds.
  case retryDelay = "PREPAPER_RETRY_DELAY"
  /// How much a run may allocate, in MiB.
  case maxMemory = "PREPAPER_MAX_MEMORY"
  /// How much processor time runs leave to others.
  case nice = "PREPAPER_NICE"
  /// How much is logged.
  case logLevel = "PREPAPER_LOG_LEVEL"
  /// Where a worker writes its metrics.
  case metricsFile = "PREPAPER_METRICS_FILE"
  /// How long a claim holds without a sign of life, in seconds.
  case lease = "PREPAPER_LEASE"
  /// How long the nightly job keeps runs that have ended.
  case keep = "PREPAPER_KEEP"

  /// The name of its variable.
  package var name: String { rawValue }
}
