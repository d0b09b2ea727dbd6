package import Logging
internal import PrepaperDomain
import PrepaperJSON
package import PrepaperQueue
internal import PrepaperSQLite
internal import ServiceLifecycle
package import Systemd

/// Claims jobs and lives their attempts through until it is asked to stop or nothing is left.
///
/// Side by side run its slots, each of which claims and lives one attempt at a time; a watch, which looks at the queue
/// once in a second; and a rescuer. Whatever they wait for, `WakeUps` wakes them.
package struct WorkerService: Service {
  /// What one turn of a slot came to.
  package enum Turn: Hashable, Sendable {
    /// An attempt was run; there may be more.
    case worked
    /// Nothing waits.
    case idle
    /// The queue cannot be written now.
    case refused
    /// Nothing waits, and nothing may come back: a draining worker ends.
    case drained
  }

  private let store: JobStore
  private let locks: any AttemptLocks
  private let life: AttemptLife
  private let rescuer: Rescuer
  private let clock: any WorkerClock
  private let live: Current<WorkerSettings>
  private let notices: ServiceNotices
  private let running = RunningAttempts()
  private let signOfLife: SignOfLife
  private let wakeUps: WakeUps
  private let doorbell: any Doorbell
  private let stop = StopRequest()
  private let outages: Outages
  private let metrics: WorkerMetrics?
  private let logger: Logger

  private var settings: WorkerSettings { live.value }

  /// A worker on a queue; how an attempt is executed and what wakes the worker comes from outside.
  package init(
    store: JobStore, executor: any AttemptExecutor, locks: any AttemptLocks, doorbell: any Doorbell,
    wakeUps: WakeUps, clock: any WorkerClock, settings: Current<WorkerSettings>, notifier: ServiceNotifier,
    metrics: WorkerMetrics? = nil, logger: Logger
  ) {
    let notices = ServiceNotices(notifier: notifier, running: running, logger: logger)
    let outages = Outages(backoff: settings.value.backoff)
    self.store = store
    self.locks = locks
    self.clock = clock
    live = settings
    self.notices = notices
    self.wakeUps = wakeUps
    self.doorbell = doorbell
    self.outages = outages
    self.metrics = metrics
    self.logger = logger
    signOfLife = SignOfLife(store: store, live: settings)
    life = AttemptLife(
      store: store, executor: executor, clock: clock, live: settings, outages: outages, running: running,
      wakeUps: wakeUps, doorbell: doorbell, metrics: metrics, logger: logger,
      renewed: {
        notices.alive()
        notices.status(of: store, now: clock.now)
      })
    rescuer = Rescuer(
      store: store, locks: locks, executor: executor, clock: clock, live: settings, wakeUps: wakeUps,
      doorbell: doorbell, logger: logger)
  }

  /// Works until it is asked to stop; the attempts that run are finished first.
  ///
  /// - Throws: `SQLiteFailure` where the queue cannot be used at all, `JobStoreError` with `replaced` where its file is
  ///   another one now.
  package func run() async throws {
    logger.info("worker \(settings.name) on queue \(store.path)")
    try await withGracefulShutdownHandler {
      do {
        try await work()
      } catch is CancellationError {
        // Asked to stop while it slept: a clean end.
      }
    } onGracefulShutdown: {
      notices.stopping()
      stop.request()
      wakeUps.wake()
    }
    do {
      try store.noteGone(worker: settings.name, now: clock.now)
    } catch {
      // The list is for people, and cleans itself after a day: no reason to call a clean stop a failure.
      logger.warning("still on the list of workers: \(error)")
    }
    logger.info("worker \(settings.name) stopped")
  }

  private func work() async throws {
    // What a predecessor left is taken back before anything is claimed.
    if try await tend() { locks.tidy(keeping: Set(try store.running().compactMap(\.lock))) }
    let first = FirstTime()
    try await withThrowingTaskGroup(of: PartEnd.self) { group in
      group.addTask {
        try await keepWatch(); return .other
      }
      group.addTask {
        try await keepRescuing(); return .other
      }
      var open: Set<Int> = []
      repeat {
        let count = settings.concurrency
        for slot in 0..<max(1, count) where open.insert(slot).inserted {
          group.addTask {
            try await fill(slot) {
              // Migrated, and the first claim query has answered.
              if first.isNow { notices.ready() }
            }
            return .slot(slot)
          }
        }
        group.addTask {
          try await untilConcurrency(isNot: count); return .otherConcurrency
        }
        // The watch goes on as long as an attempt runs.
        events: while !open.isEmpty, let end = try await group.next() {
          switch end {
          case .slot(let slot): open.remove(slot)
          case .otherConcurrency: break events
          case .other: break
          }
        }
      } while !open.isEmpty
      group.cancelAll()
    }
  }

  /// A part of the worker that has come to its end.
  private enum PartEnd: Sendable {
    case slot(Int)
    case otherConcurrency
    case other
  }

  private func untilConcurrency(isNot count: Int) async throws {
    while true {
      let seen = wakeUps.count
      guard settings.concurrency == count else { return }
      try await wakeUps.next(after: seen)
    }
  }

  /// Claims and lives attempts, one after the other, as long as there is to be a slot of that number.
  private func fill(_ slot: Int, claimed: () -> Void) async throws {
    while !Task.isCancelled, slot < max(1, settings.concurrency) {
      // Before the claim: a job that is submitted while it finds nothing must wake the slot. Before the look at the
      // request to stop, too, which wakes it as well.
      let seen = wakeUps.count
      guard !stop.isRequested else { return }
      switch try await claimAndLive(claimed: claimed) {
      case .worked: continue
      case .drained: return
      case .idle:
        if let outage = outages.now(elapsed: clock.elapsed) {
          try await pause(for: outage.patience, orWakeUpAfter: seen)
        } else {
          try await wakeUps.next(after: seen)
        }
      case .refused: try await pause(for: settings.look, orWakeUpAfter: seen)
      }
    }
  }

  /// One turn: a sign of life, the rescue of what is lost, a claim, and the attempt if there is one.
  ///
  /// `claimed` hears that the claim has answered.
  package func step(claimed: () -> Void = {}) async throws -> Turn {
    guard try await tend() else { return .refused }
    return try await claimAndLive(claimed: claimed)
  }

  /// A claim, and the attempt if there is one.
  private func claimAndLive(claimed: () -> Void) async throws -> Turn {
    var lock: (any AttemptLock)?
    var hasLived = false
    defer {
      lock?.release()
      // Only now: what the attempt has freed, or left, is for other slots and the rescuer to see.
      if hasLived { wakeUps.wake() }
    }
    let outage = outages.now(elapsed: clock.elapsed)
    let avoided = outage?.roots ?? []
    let claim: Claim?
    do {
      // Held before the claim is to be seen: there is no moment at which a running attempt has a lock that is free.
      if try store.mayClaim(avoiding: avoided, now: clock.now) { lock = try locks.make() }
      claim = try store.claim(
        worker: settings.name, lock: lock?.name, avoiding: avoided, lease: settings.lease, now: clock.now)
    } catch let error where !settings.drains && error.passes {
      logger.warning("cannot claim yet: \(error)")
      notices.status(trouble: "\(error)")
      return .refused
    }
    claimed()
    guard let claim else {
      let overview = try store.overview()
      if let outage {
        notices.status(trouble: "\(outage.error)", roots: outage.roots)
      } else {
        notices.status(overview, now: clock.now)
      }
      return settings.drains && overview.open == 0 ? .drained : .idle
    }
    notices.alive()
    running.began(claim)
    notices.status(of: store, now: clock.now)
    metrics?.claimed(after: claim.waited)
    // Other workers begin to listen to its lock, so that none of them is late should this one die the next moment.
    doorbell.ring()
    hasLived = true
    let isRecorded = await life.run(claim, lock: lock)
    running.ended(claim, isRecorded: isRecorded)
    return .worked
  }

  /// Gives a sign of life when one is due, and takes back what is lost; says whether the queue can be written.
  @discardableResult
  private func tend() async throws -> Bool {
    do {
      try giveSignOfLife()
      _ = try await rescuer.rescue()
      return true
    } catch let error where !settings.drains && error.passes {
      logger.warning("cannot write to the queue yet: \(error)")
      notices.status(trouble: "\(error)")
      return false
    }
  }

  /// - Throws: `WorkerBroken`, `SQLiteFailure`.
  private func giveSignOfLife() throws {
    guard try signOfLife.give(now: clock.now) else { return }
    let own = try store.running().filter { $0.worker == settings.name }
    if let attempt = running.unknown(among: own) {
      let broken = WorkerBroken(attempt: attempt)
      logger.critical("\(broken)")
      notices.broken()
      throw broken
    }
    notices.alive()
  }

  /// Looks once in a second whether somebody wrote to the queue, and wakes the others then, or when something is due.
  private func keepWatch() async throws {
    var version = try store.dataVersion()
    var woken = wakeUps.count
    var overview = try store.overview()
    var isUnsettled = true
    // Looks are counted, not timed: a clock that is put back must not keep the worker from its sign of life.
    var looks = 0
    while !Task.isCancelled {
      let due = overview.nextRunAt.map { $0 - clock.now }
      // What is overdue waits for a slot: looking more often would not help it.
      let isDueSoon = due.map { .zero < $0 && $0 < settings.look } ?? false
      try await clock.sleep(for: isDueSoon ? due ?? settings.look : settings.look)
      guard store.isInPlace else { throw JobStoreError.replaced(store.path) }
      // Both before the look at the queue: what happens while that is read is for the next one.
      let seen = wakeUps.count
      let latest = try store.dataVersion()
      let isDue = due.map { $0 <= settings.look } ?? false
      if latest != version || isDue { wakeUps.wake() }
      if latest != version || seen != woken || isDue {
        overview = try store.overview()
        notices.changed(overview, now: clock.now)
        isUnsettled = true
      } else if isUnsettled {
        isUnsettled = false
        checkpoint()
      }
      version = latest
      woken = seen
      looks += 1
      guard looks.isMultiple(of: max(1, Int(settings.heartbeat / settings.look))) else { continue }
      do {
        try giveSignOfLife()
      } catch let error where error.passes {
        logger.warning("cannot write to the queue yet: \(error)")
        notices.status(trouble: "\(error)")
      }
      metrics?.write(overview, logBytes: store.logBytes, now: clock.now)
    }
  }

  /// Carries the queue's log over into its file: done when nothing happens, it is in nobody's way.
  private func checkpoint() {
    do {
      try store.checkpoint()
    } catch {
      logger.debug("the write-ahead log stays as it is for now: \(error)")
    }
  }

  /// Rescues whenever the worker is woken, and when an attempt's lease would be over.
  private func keepRescuing() async throws {
    while !Task.isCancelled {
      let seen = wakeUps.count
      var next: Duration?
      do {
        next = try await rescuer.rescue()
      } catch let error where error.passes {
        logger.warning("cannot rescue yet: \(error)")
        next = settings.look
      }
      if let next {
        try await pause(for: next, orWakeUpAfter: seen)
      } else {
        try await wakeUps.next(after: seen)
      }
    }
  }

  /// Sleeps until a time is over or the worker is woken.
  private func pause(for duration: Duration, orWakeUpAfter seen: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await wakeUps.next(after: seen) }
      group.addTask { try await clock.sleep(for: duration) }
      defer { group.cancelAll() }
      try await group.next()
    }
  }
}

extension Error {
  /// Whether a worker waits for it to pass, and does not give up.
  fileprivate var passes: Bool {
    switch self {
    case let failure as SQLiteFailure:
      switch failure.kind {
      case .busy, .diskFull, .readOnly: true
      case .cannotOpen, .corrupt, .constraint, .other: false
      }
    // A lock that cannot be made: the disk is full, or may not be written.
    case is RunError: true
    default: false
    }
  }
}
