internal import Logging
internal import PrepaperDomain
internal import PrepaperQueue
internal import Synchronization
internal import Systemd

/// What a worker tells the service manager; without one it tells nobody.
final class ServiceNotices: Sendable {
  /// For how long a worker that stops asks each time: it says so with each sign of life, and one that hangs is killed.
  private static let extraTime = Duration.seconds(60)

  private let notifier: ServiceNotifier
  private let running: RunningAttempts
  private let logger: Logger
  private let isStopping = Atomic(false)
  private let isInTrouble = Atomic(false)

  init(notifier: ServiceNotifier, running: RunningAttempts, logger: Logger) {
    self.notifier = notifier
    self.running = running
    self.logger = logger
  }

  /// Start-up is over.
  func ready() { send(.ready) }

  /// A write to the queue was committed.
  func alive() {
    if isStopping.load(ordering: .relaxed) {
      send(.watchdog, .extendTimeout(Self.extraTime))
    } else {
      send(.watchdog)
    }
  }

  /// The worker ends when its attempts are done.
  func stopping() {
    isStopping.store(true, ordering: .relaxed)
    send(.stopping, .extendTimeout(Self.extraTime))
  }

  /// The worker is not what it believes to be.
  func broken() { send(.watchdogTrigger) }

  /// What runs and what waits, when somebody else has changed it; a trouble is left to who has found it.
  func changed(_ overview: QueueOverview, now: UTCTimestamp) {
    if !isInTrouble.load(ordering: .relaxed) { status(overview, now: now) }
  }

  /// What runs and what waits.
  func status(_ overview: QueueOverview, now: UTCTimestamp) {
    isInTrouble.store(false, ordering: .relaxed)
    let stopping = isStopping.load(ordering: .relaxed) ? "stopping; " : ""
    let work = running.words.map { "running \($0)" } ?? "idle"
    send(.status("\(stopping)\(work); \(waiting(overview, now))"))
  }

  /// The same, from a queue that is counted for it.
  func status(of store: JobStore, now: UTCTimestamp) {
    do {
      status(try store.overview(), now: now)
    } catch {
      logger.warning("the queue could not be counted: \(error)")
    }
  }

  /// The queue cannot be written, and nothing is claimed until it can; or nothing is for these roots.
  func status(trouble: String, roots: [String] = []) {
    isInTrouble.store(true, ordering: .relaxed)
    let place = roots.isEmpty ? "" : " for \(roots.joined(separator: ", "))"
    send(.status("waiting, nothing is claimed\(place): \(trouble)"))
  }

  private func waiting(_ overview: QueueOverview, _ now: UTCTimestamp) -> String {
    let counts =
      "\(overview.counts[.running] ?? 0) running, \(overview.counts[.queued] ?? 0) queued, "
      + "\(overview.counts[.scheduled] ?? 0) scheduled"
      + (overview.pausedSince == nil ? "" : ", paused")
    guard let oldest = overview.oldestQueuedSince else { return counts }
    return "\(counts), oldest waits \((now - oldest).components.seconds) s"
  }

  /// A manager that cannot be told is no reason to stop working.
  private func send(_ states: NotifyState...) {
    do {
      try notifier.send(states)
    } catch {
      logger.warning("the service manager was not told: \(error)")
    }
  }
}
