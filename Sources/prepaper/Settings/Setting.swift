/// A setting: a variable of the environment and of the settings files.
///
/// `units/prepaper.env` explains each of them.
enum Setting: String, CaseIterable, Sendable {
  case queueDb = "PREPAPER_QUEUE_DB"
  case artifactsRoot = "PREPAPER_ARTIFACTS_ROOT"
  case artifactsRoots = "PREPAPER_ARTIFACTS_ROOTS"
  case provider = "MARKETDATA_PROVIDER"
  case barsSource = "BARS_SOURCE"
  case signalsDb = "SIGNALS_DB_PATH"
  case concurrency = "PREPAPER_CONCURRENCY"
  case runTimeout = "PREPAPER_RUN_TIMEOUT"
  case stopTimeout = "PREPAPER_STOP_TIMEOUT"
  case grace = "PREPAPER_GRACE"
  case retryDelay = "PREPAPER_RETRY_DELAY"
  case maxMemory = "PREPAPER_MAX_MEMORY"
  case nice = "PREPAPER_NICE"
  case logLevel = "PREPAPER_LOG_LEVEL"
  case metricsFile = "PREPAPER_METRICS_FILE"
  case lease = "PREPAPER_LEASE"
  case keep = "PREPAPER_KEEP"

  /// The name of its variable.
  var name: String { rawValue }
}
