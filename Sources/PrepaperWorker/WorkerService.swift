package import Logging
internal import PrepaperDomain
package import PrepaperQueue
internal import PrepaperSQLite
internal import ServiceLifecycle
package import Systemd

/// Claims jobs and lives their attempts through, one at a time, until it is asked to stop or nothing is left.
package struct WorkerService: Service {
  /// What one turn of the loop came to.
  package enum Turn: Hashable, Sendable {
    /// An attempt was run; there may be more.
    case worked
    /// Nothing waits.
    case idle
    /// Nothing waits, and nothing may come back: a draining worker ends.
    case drained
  }

  /// How long an idle worker waits between two looks at the queue.
  private static let look = Duration.milliseconds(250)

  private let store: JobStore
  private let life: AttemptLife
  private let clock: any WorkerClock
  private let settings: WorkerSettings
  private let notices: ServiceNotices
  private let signOfLife: SignOfLife
  private let logger: Logger

  /// A worker on a queue; how an attempt is executed comes from outside.
  package init(
    store: JobStore, executor: any AttemptExecutor, clock: any WorkerClock, settings: WorkerSettings,
    notifier: ServiceNotifier, logger: Logger
  ) {
    let notices = ServiceNotices(notifier: notifier, logger: logger)
    self.store = store
    self.clock = clock
    self.settings = settings
    self.notices = notices
    self.logger = logger
    signOfLife = SignOfLife(store: store, settings: settings)
    life = AttemptLife(
      store: store, executor: executor, clock: clock, settings: settings, logger: logger,
      renewed: { claim in
        notices.alive()
        notices.status(running: claim, in: store, now: clock.now)
      })
  }

  /// Works until it is asked to stop; a running attempt is finished first.
  ///
  /// - Throws: `SQLiteFailure` where the queue cannot be used at all.
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
    var isReady = false
    while !Task.isShuttingDownGracefully, !Task.isCancelled {
      // Before the claim: a job that is submitted while it finds nothing must wake the worker.
      let seen = try store.dataVersion()
      let turn = try await step { [notices] in
        // Migrated, and the first claim query has answered.
        if !isReady { notices.ready() }
        isReady = true
      }
      switch turn {
      case .worked: continue
      case .drained: return
      case .idle: try await waitForWork(since: seen)
      }
    }
  }

  /// One turn: a sign of life, a claim, and the attempt if there is one.
  ///
  /// `claimed` hears that the claim has answered.
  package func step(claimed: () -> Void = {}) async throws -> Turn {
    let claim: Claim?
    let hasWritten: Bool
    do {
      hasWritten = try signOfLife.give(now: clock.now)
      let now = clock.now
      for lost in try store.running() where lost.leaseUntil <= now { try store.takeBack(lost, .silent, now: now) }
      claim = try store.claim(worker: settings.name, lease: settings.lease, now: clock.now)
    } catch let failure as SQLiteFailure where failure.kind.passes && !settings.drains {
      logger.warning("cannot claim yet: \(failure)")
      return .idle
    }
    claimed()
    if hasWritten || claim != nil { notices.alive() }
    guard let claim else {
      let overview = try store.overview()
      notices.status(idle: overview, now: clock.now)
      return settings.drains && overview.open == 0 ? .drained : .idle
    }
    notices.status(running: claim, in: store, now: clock.now)
    await life.run(claim)
    return .worked
  }

  /// Sleeps until somebody wrote to the queue, something is due, or it is time for a sign of life.
  private func waitForWork(since seen: Int64) async throws {
    let overview = try store.overview()
    let due = [overview.nextRunAt, overview.nextLeaseEnd].compactMap { $0 }.min()
    // Looks are counted, not timed: a clock that is put back must not keep the worker from its sign of life.
    for _ in 0..<max(1, Int(settings.heartbeat / Self.look)) {
      // Sleep comes first: what is due and cannot be claimed must not be tried again without a pause.
      try await cancelWhenGracefulShutdown { try await clock.sleep(for: Self.look) }
      guard try store.dataVersion() == seen, due.map({ clock.now < $0 }) ?? true else { return }
    }
  }
}

extension SQLiteFailure.Kind {
  /// Whether a worker waits for it to pass, and does not give up.
  fileprivate var passes: Bool {
    switch self {
    case .busy, .diskFull, .readOnly: true
    case .cannotOpen, .corrupt, .constraint, .other: false
    }
  }
}
