import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperQueue

/// What a user says in flags about how a job is to be treated.
struct JobFlags: ParsableArguments {
  @Option(help: "Higher is claimed earlier (default: 0).")
  var priority: Int?
  @Option(help: "How often the run is tried before a transient failure is final (default: 3).")
  var maxAttempts: Int?
  @Option(
    help: ArgumentHelp(
      "How long an attempt may take before it is stopped (default: the worker's --timeout).", valueName: "seconds"))
  var runTimeout: Double?
  @Option(help: ArgumentHelp("Not before so much time has passed.", valueName: "seconds"))
  var delay: Double?
  @Option(help: ArgumentHelp("Not before this time, like 2013-10-07T13:30:00Z.", valueName: "time"))
  var at: String?
  @Option(
    help: ArgumentHelp(
      "Only once that run has succeeded; should it fail or be cancelled, this one is too.", valueName: "run-id"))
  var after: String?
  @Option(help: ArgumentHelp("Never two runs of one key at once, whatever the number of workers.", valueName: "key"))
  var concurrencyKey: String?

  /// Whether nothing is said.
  var isEmpty: Bool {
    [priority, maxAttempts].allSatisfy { $0 == nil } && [runTimeout, delay].allSatisfy { $0 == nil }
      && [at, after, concurrencyKey].allSatisfy { $0 == nil }
  }

  /// The options of the job.
  func options(now: UTCTimestamp) throws -> JobOptions {
    let fields = JobFields(
      priority: priority, maxAttempts: maxAttempts, runTimeout: runTimeout, delay: delay, at: at, after: after,
      concurrencyKey: concurrencyKey)
    do {
      return try fields.options(.flags, now: now)
    } catch let fault {
      throw ValidationError(fault.description)
    }
  }
}
