import ArgumentParser
import Glibc
import Logging
import PrepaperQueue
import PrepaperSQLite
import PrepaperWorker
import ServiceLifecycle
import Systemd

/// `prepaper worker`: claims and executes queued runs, in a terminal or under systemd.
struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Claim and execute queued runs.",
    discussion: """
      Each run is executed in a process of its own. SIGTERM and Ctrl-C let the running ones come to their end, then the \
      worker exits with 0; after --stop-timeout, on a second SIGTERM or Ctrl-C, or on SIGQUIT, they are stopped and given \
      back to the queue, and do not count as tried. A worker that is killed loses nothing: another one takes its runs \
      back within a second.

      SIGHUP reads the settings files again. Runs go on with the settings that they began with; the queue, the lease and \
      the metrics file need a restart.
      """)

  @Flag(help: "End when no job is left that could still run.")
  var drain = false
  @OptionGroup var options: WorkerOptions
  @OptionGroup var queue: QueueOptions

  func run() async throws {
    let settings = try await Settings()
    let tuning = try options.tuning(settings)
    let level = Current(tuning.logLevel)
    let logger = Logger(label: "prepaper") { _ in ServiceLog.handler(level: level, settings.environment) }
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
    let host = ThisMachine.hostName
    let live = LiveWorker(
      settings, options, tuning, level: level,
      worker: WorkerSettings(
        name: "\(host):\(getpid()):\(mark)", host: host, processID: getpid(), bell: bell.name,
        concurrency: tuning.concurrency, lease: tuning.lease, timeout: tuning.timeout, backoff: tuning.backoff,
        allowedRoots: tuning.allowedRoots, drains: drain, watchdog: try WatchdogInterval.fromEnvironment()),
      queueDb: queue.queueDb, logger)
    let service = service(settings, live, store, directory, bell, wakeUps, logger)
    try await WorkerLife(service: service, live: live, wakeUps: wakeUps, logger: logger).run()
  }

  private func service(
    _ settings: Settings, _ live: LiveWorker, _ store: JobStore, _ directory: QueueDirectory, _ bell: Bell,
    _ wakeUps: WakeUps, _ logger: Logger
  ) -> WorkerService {
    let metrics = (options.metricsFile ?? settings.value(.metricsFile)).map {
      WorkerMetrics(path: absolutePath($0), logger: logger)
    }
    return WorkerService(
      store: store,
      // The program that runs, also when its file was replaced by a newer one.
      executor: ChildExecutor(
        program: "/proc/self/exe", arguments: [ExecuteCommand.name], launch: live.launch, directory: directory),
      locks: LockFiles(
        directory, grace: live.launch.value.grace, random: { UInt64.random(in: 0...UInt64.max) },
        isOnNetwork: directory.isOnNetwork, logger: logger),
      doorbell: BellRinger(directory), wakeUps: wakeUps, clock: SystemClock(), settings: live.worker,
      notifier: ServiceNotifier(), metrics: metrics, logger: logger)
  }
}
