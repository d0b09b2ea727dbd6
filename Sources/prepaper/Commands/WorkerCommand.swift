import ArgumentParser
import Glibc
import Logging
import PrepaperQueue
import PrepaperSQLite
import PrepaperWorker
import ServiceLifecycle
import Systemd
import UnixSignals

/// `prepaper worker`: claims and executes queued runs, in a terminal or under systemd.
struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Claim and execute queued runs.",
    discussion: """
      SIGTERM and Ctrl-C let the running attempt come to its end, then the worker exits with 0. A worker that is \
      killed loses nothing: its attempt is claimed again when its lease is over.
      """)

  @Flag(help: "End when no job is left that could still run.")
  var drain = false
  @Option(help: ArgumentHelp("How long a claim holds without a sign of life.", valueName: "seconds"))
  var lease = 30.0
  @Option(
    help: ArgumentHelp("The wait after a transient failure, doubled after each further one.", valueName: "seconds"))
  var retryDelay = 5.0
  @Option(help: "trace, debug, info, notice, warning, error or critical (PREPAPER_LOG_LEVEL, else info).")
  var logLevel: String?
  @OptionGroup var queue: QueueOptions

  mutating func validate() throws {
    guard (1...3600).contains(lease) else { throw ValidationError("--lease must be 1 to 3600 seconds.") }
    guard (0...3600).contains(retryDelay) else { throw ValidationError("--retry-delay must be 0 to 3600 seconds.") }
  }

  func run() async throws {
    let settings = try await Settings()
    let level = try settings.logLevel(flag: logLevel)
    let logger = Logger(label: "prepaper") { _ in StderrLogHandler(level: level) }
    let clock = SystemClock()
    let busyWait = BusyWait(seed: UInt64(getpid()))
    // A worker with wrong settings must not start, claim jobs and fail them one after the other.
    _ = try settings.makeMarketDataService(busyWait: busyWait)
    let host = ThisMachine.hostName
    let service = WorkerService(
      store: try queue.open(settings),
      executor: InProcessExecutor(settings: settings, clock: clock, logger: logger, busyWait: busyWait),
      clock: clock,
      settings: WorkerSettings(
        name: "\(host):\(getpid()):\(String(UInt32.random(in: 0...UInt32.max), radix: 16))", host: host,
        processID: getpid(), lease: .seconds(lease),
        backoff: Backoff(first: .seconds(retryDelay), jitter: { Double.random(in: 0...1) }),
        allowedRoots: settings.allowedRoots, drains: drain),
      notifier: ServiceNotifier(), logger: logger)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          ServiceGroupConfiguration.ServiceConfiguration(
            service: service, successTerminationBehavior: .gracefullyShutdownGroup)
        ],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: Logger(label: "services") { _ in StderrLogHandler(level: .warning) }))
    try await group.run()
  }
}
