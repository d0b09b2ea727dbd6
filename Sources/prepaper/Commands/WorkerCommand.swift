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
      Each run is executed in a process of its own. SIGTERM and Ctrl-C let the running ones come to their end, then the \
      worker exits with 0; after --stop-timeout, or on SIGQUIT, they are stopped and given back to the queue, and do not \
      count as tried. A worker that is killed loses nothing: another one takes its runs back within a second.
      """)

  @Flag(help: "End when no job is left that could still run.")
  var drain = false
  @Option(help: ArgumentHelp("How long a claim holds without a sign of life.", valueName: "seconds"))
  var lease = 30.0
  @Option(
    help: ArgumentHelp("The wait after a transient failure, doubled after each further one.", valueName: "seconds"))
  var retryDelay = 5.0
  @Option(help: "How many runs are executed at once.")
  var concurrency = 1
  @Option(
    help: ArgumentHelp("How long a run may take, unless it was submitted with another limit.", valueName: "seconds"))
  var timeout = 3600.0
  @Option(help: ArgumentHelp("How long a run that is to stop may take before it is killed.", valueName: "seconds"))
  var grace = 5.0
  @Option(
    help: ArgumentHelp(
      "How long a worker that is to stop waits for its runs (without: as long as they take).", valueName: "seconds"))
  var stopTimeout: Double?
  @Option(help: ArgumentHelp("How much memory a run may allocate.", valueName: "MiB"))
  var maxMemory: Int?
  @Option(help: "How much processor time runs leave to others: 0 none, 19 all they want.")
  var nice: Int?
  @Option(
    help: ArgumentHelp(
      "Where to write metrics for Prometheus' textfile collector (PREPAPER_METRICS_FILE).", valueName: "file"))
  var metricsFile: String?
  @Option(help: "trace, debug, info, notice, warning, error or critical (PREPAPER_LOG_LEVEL, else info).")
  var logLevel: String?
  @OptionGroup var queue: QueueOptions

  mutating func validate() throws {
    guard (1...3600).contains(lease) else { throw ValidationError("--lease must be 1 to 3600 seconds.") }
    guard (0...3600).contains(retryDelay) else { throw ValidationError("--retry-delay must be 0 to 3600 seconds.") }
    guard (1...256).contains(concurrency) else { throw ValidationError("--concurrency must be 1 to 256.") }
    guard (0.1...604_800).contains(timeout) else { throw ValidationError("--timeout must be 0.1 to 604800 seconds.") }
    guard (0...600).contains(grace) else { throw ValidationError("--grace must be 0 to 600 seconds.") }
    guard (0...86_400).contains(stopTimeout ?? 0) else {
      throw ValidationError("--stop-timeout must be 0 to 86400 seconds.")
    }
    guard (32...1_048_576).contains(maxMemory ?? 32) else {
      throw ValidationError("--max-memory must be 32 to 1048576 MiB.")
    }
    guard (0...19).contains(nice ?? 0) else { throw ValidationError("--nice must be 0 to 19.") }
  }

  func run() async throws {
    let settings = try await Settings()
    let level = try settings.logLevel(flag: logLevel)
    let logger = Logger(label: "prepaper") { _ in StderrLogHandler(level: level) }
    // A worker with wrong settings must not start, claim jobs and fail them one after the other.
    _ = try settings.makeMarketDataService(busyWait: BusyWait(seed: UInt64(getpid())), queueDb: queue.queueDb)
    let store = try queue.open(settings)
    let directory = QueueDirectory(queuePath: store.path)
    try directory.make()
    let mark = String(UInt32.random(in: 0...UInt32.max), radix: 16)
    let bell = try Bell(directory, owner: "worker.\(getpid()).\(mark)")
    let wakeUps = WakeUps()
    bell.listen { wakeUps.wake() }
    defer { bell.takeDown() }
    let service = service(settings, store, directory, bell, wakeUps, mark: mark, logger)
    var configuration = ServiceGroupConfiguration(
      services: [
        ServiceGroupConfiguration.ServiceConfiguration(
          service: service, successTerminationBehavior: .gracefullyShutdownGroup)
      ],
      gracefulShutdownSignals: [.sigterm, .sigint], cancellationSignals: [.sigquit],
      logger: Logger(label: "services") { _ in StderrLogHandler(level: .critical) })
    configuration.maximumGracefulShutdownDuration = stopTimeout.map { .seconds($0) }
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch is CancellationError {
      // Stopped before its runs were done, which have been given back: that is what was asked for.
    }
  }

  private func service(
    _ settings: Settings, _ store: JobStore, _ directory: QueueDirectory, _ bell: Bell, _ wakeUps: WakeUps,
    mark: String, _ logger: Logger
  ) -> WorkerService {
    let host = ThisMachine.hostName
    let metrics = (metricsFile ?? settings.value("PREPAPER_METRICS_FILE")).map {
      WorkerMetrics(path: absolutePath($0), logger: logger)
    }
    // What a run fetches is kept beside this queue, whichever way it was named.
    let environment = settings.environment.merging(["PREPAPER_QUEUE_DB": settings.queuePath(flag: queue.queueDb)]) {
      $1
    }
    return WorkerService(
      store: store,
      // The program that runs, also when its file was replaced by a newer one.
      executor: ChildExecutor(
        program: "/proc/self/exe", arguments: [ExecuteCommand.name], environment: environment,
        settings: ChildSettings(maxMemory: maxMemory, nice: nice, logLevel: logLevel), directory: directory,
        grace: .seconds(grace)),
      locks: LockFiles(
        directory, grace: .seconds(grace), random: { UInt64.random(in: 0...UInt64.max) },
        isOnNetwork: directory.isOnNetwork, logger: logger),
      doorbell: BellRinger(directory), wakeUps: wakeUps, clock: SystemClock(),
      settings: WorkerSettings(
        name: "\(host):\(getpid()):\(mark)", host: host, processID: getpid(), bell: bell.name,
        concurrency: concurrency, lease: .seconds(lease), timeout: .seconds(timeout),
        backoff: Backoff(first: .seconds(retryDelay), jitter: { Double.random(in: 0...1) }),
        allowedRoots: settings.allowedRoots, drains: drain),
      notifier: ServiceNotifier(), metrics: metrics, logger: logger)
  }
}
