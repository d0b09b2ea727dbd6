import ArgumentParser
import Logging
import PrepaperWorker

/// What a worker's flags say; without them the settings decide, each under the name in brackets.
struct WorkerOptions: ParsableArguments {
  private static let numbers = (
    concurrency: NumericSetting(.concurrency, flag: "--concurrency", 1...256, isWhole: true),
    timeout: NumericSetting(.runTimeout, flag: "--timeout", 0.1...604_800, unit: "seconds"),
    stopTimeout: NumericSetting(.stopTimeout, flag: "--stop-timeout", 0...86_400, unit: "seconds"),
    grace: NumericSetting(.grace, flag: "--grace", 0...600, unit: "seconds"),
    retryDelay: NumericSetting(.retryDelay, flag: "--retry-delay", 0...3600, unit: "seconds"),
    lease: NumericSetting(.lease, flag: "--lease", 1...3600, unit: "seconds"),
    maxMemory: NumericSetting(.maxMemory, flag: "--max-memory", 32...1_048_576, unit: "MiB", isWhole: true),
    nice: NumericSetting(.nice, flag: "--nice", 0...19, isWhole: true)
  )

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
    let numbers = Self.numbers
    try numbers.concurrency.check(concurrency.map(Double.init))
    try numbers.timeout.check(timeout)
    try numbers.stopTimeout.check(stopTimeout)
    try numbers.grace.check(grace)
    try numbers.retryDelay.check(retryDelay)
    try numbers.lease.check(lease)
    try numbers.maxMemory.check(maxMemory.map(Double.init))
    try numbers.nice.check(nice.map(Double.init))
  }

  /// How the worker is to behave.
  ///
  /// - Throws: `CommandFailure` with exit code 78 for a setting that cannot be.
  func tuning(_ settings: Settings) throws(CommandFailure) -> WorkerTuning {
    let numbers = Self.numbers
    return WorkerTuning(
      concurrency: Int(try numbers.concurrency.value(flag: concurrency.map(Double.init), settings) ?? 1),
      timeout: .seconds(try numbers.timeout.value(flag: timeout, settings) ?? 3600),
      stopTimeout: try numbers.stopTimeout.value(flag: stopTimeout, settings).map { .seconds($0) },
      grace: .seconds(try numbers.grace.value(flag: grace, settings) ?? 5),
      retryDelay: .seconds(try numbers.retryDelay.value(flag: retryDelay, settings) ?? 5),
      lease: .seconds(try numbers.lease.value(flag: lease, settings) ?? 30),
      allowedRoots: settings.allowedRoots,
      child: ChildSettings(
        maxMemory: try numbers.maxMemory.value(flag: maxMemory.map(Double.init), settings).map { Int($0) },
        nice: try numbers.nice.value(flag: nice.map(Double.init), settings).map { Int($0) }, logLevel: logLevel,
        journals: ServiceLog.isJournal(settings.environment)),
      logLevel: try settings.logLevel(flag: logLevel))
  }
}
