import ArgumentParser
import PrepaperApp
import PrepaperDomain

/// What a worker's flags say; without them the settings decide, each under the name in brackets.
struct WorkerOptions: ParsableArguments {
  @Option(help: "How many runs are executed at once (PREPAPER_CONCURRENCY, else 1).")
  var concurrency: Int?
  @Option(
    help: ArgumentHelp(
      "How long a run may take, unless it was submitted with another limit (PREPAPER_RUN_TIMEOUT, else 3600).",
      valueName: "seconds"))
  var timeout: Double?
  @Option(
    help: ArgumentHelp(
      "How long a worker that is to stop waits for its runs (PREPAPER_STOP_TIMEOUT, else as long as they take).",
      valueName: "seconds"))
  var stopTimeout: Double?
  @Option(
    help: ArgumentHelp(
      "How long a run that is to stop may take before it is killed (PREPAPER_GRACE, else 5).", valueName: "seconds"))
  var grace: Double?
  @Option(
    help: ArgumentHelp(
      "The wait after a transient failure, doubled after each further one (PREPAPER_RETRY_DELAY, else 5).",
      valueName: "seconds"))
  var retryDelay: Double?
  @Option(
    help: ArgumentHelp(
      "How long a claim holds without a sign of life (PREPAPER_LEASE, else 30).", valueName: "seconds"))
  var lease: Double?
  @Option(
    help: ArgumentHelp(
      "How much memory a run may allocate (PREPAPER_MAX_MEMORY, else as much as there is).", valueName: "MiB"))
  var maxMemory: Int?
  @Option(help: "How much processor time runs leave to others: 0 none, 19 all they want (PREPAPER_NICE, else 0).")
  var nice: Int?
  @Option(
    help: ArgumentHelp(
      "Where to write metrics for Prometheus' textfile collector (PREPAPER_METRICS_FILE).", valueName: "file"))
  var metricsFile: String?
  @Option(help: "trace, debug, info, notice, warning, error or critical (PREPAPER_LOG_LEVEL, else info).")
  var logLevel: String?

  mutating func validate() throws {
    do {
      try flags.check()
    } catch let fault {
      throw ValidationError(fault.description)
    }
  }

  /// What they say.
  var flags: WorkerFlags {
    var flags = WorkerFlags()
    flags.concurrency = concurrency
    flags.timeout = timeout
    flags.stopTimeout = stopTimeout
    flags.grace = grace
    flags.retryDelay = retryDelay
    flags.lease = lease
    flags.maxMemory = maxMemory
    flags.nice = nice
    flags.metricsFile = metricsFile
    flags.logLevel = logLevel
    return flags
  }
}
