package import PrepaperDomain
import PrepaperWorker

/// What a worker's flags say; without them the settings decide.
package struct WorkerFlags: Sendable {
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

  /// How many runs are executed at once.
  package var concurrency: Int?
  /// How long a run may take that names no limit, in seconds.
  package var timeout: Double?
  /// How long a worker that is to stop waits for its runs, in seconds.
  package var stopTimeout: Double?
  /// How long a run that is to stop may take before it is killed, in seconds.
  package var grace: Double?
  /// The wait after a first transient failure, in seconds.
  package var retryDelay: Double?
  /// How long a claim holds without a sign of life, in seconds.
  package var lease: Double?
  /// How much memory a run may allocate, in MiB.
  package var maxMemory: Int?
  /// How much processor time runs leave to others, 0 to 19.
  package var nice: Int?
  /// The file for metrics.
  package var metricsFile: String?
  /// How much is logged, by the level's name.
  package var logLevel: String?

  /// No flag at all.
  package init() {}

  /// Looks at the numbers.
  ///
  /// - Throws: `FieldFault` for the first one out of bounds.
  package func check() throws(FieldFault) {
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
  /// - Throws: `AppError` with `configuration` for a setting that cannot be.
  func tuning(_ settings: Settings) throws(AppError) -> WorkerTuning {
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
