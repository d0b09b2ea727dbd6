import Logging
import PrepaperWorker

/// The settings of a worker while it works, and how they become others.
final class LiveWorker: Sendable {
  /// Those that a worker has read once and for all.
  private static let fixed: Set<Setting> = [.queueDb, .lease, .metricsFile]

  let worker: Current<WorkerSettings>
  let launch: Current<ChildLaunch>
  private let settings: Current<Settings>
  private let tuning: Current<WorkerTuning>
  private let level: Current<Logger.Level>
  private let flags: WorkerFlags
  private let queueDb: String?
  private let logger: Logger

  /// - Parameters:
  ///   - level: how much is logged; it changes with the settings.
  ///   - queueDb: the queue that a flag names.
  init(
    _ settings: Settings, _ flags: WorkerFlags, _ tuning: WorkerTuning, level: Current<Logger.Level>,
    worker: WorkerSettings, queueDb: String?, _ logger: Logger
  ) {
    self.settings = Current(settings)
    self.flags = flags
    self.tuning = Current(tuning)
    self.level = level
    self.worker = Current(worker)
    self.queueDb = queueDb
    self.logger = logger
    launch = Current(Self.launch(settings, tuning, queuePath: settings.queuePath(flag: queueDb)))
  }

  /// How long a worker that is to stop waits for its runs.
  var stopTimeout: Duration? { tuning.value.stopTimeout }

  /// Takes over what the settings files say now, all of it or nothing.
  ///
  /// - Throws: `AppError` where they cannot be read, or say what cannot be.
  func reload() async throws(AppError) {
    let (old, queuePath) = (settings.value, settings.value.queuePath(flag: queueDb))
    let new = try await old.reread()
    let tuning = try flags.tuning(new)
    try new.checkMarketData(queueDb: queuePath)
    var worker = worker.value
    worker.concurrency = tuning.concurrency
    worker.timeout = tuning.timeout
    worker.backoff = tuning.backoff
    worker.allowedRoots = tuning.allowedRoots
    settings.replace(with: new)
    self.tuning.replace(with: tuning)
    level.replace(with: tuning.logLevel)
    launch.replace(with: Self.launch(new, tuning, queuePath: queuePath))
    self.worker.replace(with: worker)
    tell(from: old, to: new)
  }

  private func tell(from old: Settings, to new: Settings) {
    let changed = Setting.allCases.filter { old.value($0) != new.value($0) }
    for setting in changed {
      let words = "\(setting.name) is \(new.value(setting) ?? "not set"), was \(old.value(setting) ?? "not set")"
      if Self.fixed.contains(setting) {
        logger.warning("\(words); it takes a restart to follow")
      } else {
        logger.info("\(words)")
      }
    }
    if changed.isEmpty { logger.info("settings read again; nothing has changed") }
  }

  private static func launch(_ settings: Settings, _ tuning: WorkerTuning, queuePath: String) -> ChildLaunch {
    ChildLaunch(
      // What a run fetches is kept beside this queue, whichever way it was named.
      environment: settings.frozenEnvironment.merging([Setting.queueDb.name: queuePath]) { $1 },
      settings: tuning.child, grace: tuning.grace)
  }
}
