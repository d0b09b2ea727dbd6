import Glibc
import Logging
import PrepaperQueue
import PrepaperWorker
import Systemd

/// This process as a worker: the settings, the queue, the bell and the log that a worker's life needs.
package struct WorkerProcess {
  private let settings: Settings
  private let flags: WorkerFlags
  private let queueDb: String?
  private let drains: Bool

  /// A worker that has not begun yet.
  ///
  /// - Parameters:
  ///   - queueDb: the queue that a flag names.
  ///   - drains: whether it ends when no job is left that could still run.
  package init(_ settings: Settings, _ flags: WorkerFlags, queueDb: String?, drains: Bool) {
    self.settings = settings
    self.flags = flags
    self.queueDb = queueDb
    self.drains = drains
  }

  /// Works until it is done, or a signal ends it.
  ///
  /// - Throws: `AppError`, `JobStoreError` and `SQLiteFailure` where it cannot begin; what ends a worker for good.
  package func run() async throws {
    let tuning = try flags.tuning(settings)
    let level = Current(tuning.logLevel)
    let logger = Logger(label: "prepaper") { [environment = settings.environment] _ in
      ServiceLog.handler(level: level, environment)
    }
    // A worker with wrong settings must not start, claim jobs and fail them one after the other.
    try settings.checkMarketData(queueDb: queueDb)
    let store = try QueueFile(flag: queueDb, settings).open()
    try store.directory.make()
    let mark = String(UInt32.random(in: 0...UInt32.max), radix: 16)
    let bell = try Bell(store.directory, owner: "worker.\(getpid()).\(mark)")
    let wakeUps = WakeUps()
    bell.listen { wakeUps.wake() }
    defer { bell.takeDown() }
    let host = ThisMachine.hostName
    let live = LiveWorker(
      settings, flags, tuning, level: level,
      worker: WorkerSettings(
        name: "\(host):\(getpid()):\(mark)", host: host, processID: getpid(), bell: bell.name,
        concurrency: tuning.concurrency, lease: tuning.lease, timeout: tuning.timeout, backoff: tuning.backoff,
        allowedRoots: tuning.allowedRoots, drains: drains, watchdog: try WatchdogInterval.fromEnvironment()),
      queueDb: queueDb, logger)
    let service = service(live, store, wakeUps, logger)
    try await WorkerLife(service: service, live: live, wakeUps: wakeUps, logger: logger).run()
  }

  private func service(
    _ live: LiveWorker, _ store: JobStore, _ wakeUps: WakeUps, _ logger: Logger
  ) -> WorkerService {
    let directory = store.directory
    let metrics = (flags.metricsFile ?? settings.value(.metricsFile)).map {
      WorkerMetrics(path: absolutePath($0), logger: logger)
    }
    return WorkerService(
      store: store,
      // The program that runs, also when its file was replaced by a newer one.
      executor: ChildExecutor(
        program: "/proc/self/exe", arguments: [OrderedAttempt.command], launch: live.launch, directory: directory),
      locks: LockFiles(
        directory, grace: live.launch.value.grace, random: { UInt64.random(in: 0...UInt64.max) },
        isOnNetwork: directory.isOnNetwork, logger: logger),
      doorbell: BellRinger(directory), wakeUps: wakeUps, clock: SystemClock(), settings: live.worker,
      notifier: ServiceNotifier(), metrics: metrics, logger: logger)
  }
}
