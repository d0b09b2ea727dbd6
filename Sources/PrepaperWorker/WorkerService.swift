package import Logging
package import PrepaperQueue
internal import ServiceLifecycle
package import Systemd

/// Claims jobs and lives their attempts through until it is asked to stop or nothing is left.
///
/// Side by side run its `WorkerSlots`, each of which claims and lives one attempt at a time; a `QueueWatch`, which looks
/// at the queue once in a second; and a `Rescuer`. Whatever they wait for, `WakeUps` wakes them.
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

  private let context: WorkerContext
  private let slots: WorkerSlots
  private let watch: QueueWatch
  private let rescuer: Rescuer
  private let signOfLife: SignOfLife

  /// A worker on a queue; how an attempt is executed and what wakes the worker comes from outside.
  package init(
    store: JobStore, executor: any AttemptExecutor, locks: any AttemptLocks, doorbell: any Doorbell,
    wakeUps: WakeUps, clock: any WorkerClock, settings: Current<WorkerSettings>, notifier: ServiceNotifier,
    metrics: WorkerMetrics? = nil, logger: Logger
  ) {
    let running = RunningAttempts()
    context = WorkerContext(
      store: store, executor: executor, locks: locks, clock: clock, live: settings,
      notices: ServiceNotices(notifier: notifier, running: running, logger: logger), running: running,
      wakeUps: wakeUps, doorbell: doorbell, outages: Outages(backoff: settings.value.backoff), metrics: metrics,
      logger: logger)
    signOfLife = SignOfLife(context)
    slots = WorkerSlots(context)
    watch = QueueWatch(context, signOfLife: signOfLife)
    rescuer = Rescuer(context)
  }

  /// Works until it is asked to stop; the attempts that run are finished first.
  ///
  /// - Throws: `SQLiteFailure` where the queue cannot be used at all, `JobStoreError` with `replaced` where its file is
  ///   another one now, `WorkerBroken`; `RunError` where a worker that drains cannot make a lock.
  package func run() async throws {
    let (logger, name) = (context.logger, context.settings.name)
    logger.info("worker \(name) on queue \(context.store.path)")
    try await withGracefulShutdownHandler {
      do {
        try await work()
      } catch is CancellationError {
        // Asked to stop while it slept: a clean end.
      }
    } onGracefulShutdown: {
      context.notices.stopping()
      slots.requestStop()
    }
    do {
      try context.store.noteGone(worker: name, now: context.clock.now)
    } catch {
      // The list is for people, and cleans itself after a day: no reason to call a clean stop a failure.
      logger.warning("still on the list of workers: \(error)")
    }
    logger.info("worker \(name) stopped")
  }

  private func work() async throws {
    // What a predecessor left is taken back before anything is claimed.
    if try await tend() { context.locks.tidy(keeping: Set(try context.store.running().compactMap(\.lock))) }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await watch.keepWatch(); return false
      }
      group.addTask {
        try await rescuer.keepRescuing(); return false
      }
      group.addTask {
        try await slots.keepFilled(); return true
      }
      // The watch goes on as long as an attempt runs.
      while let isDone = try await group.next(), !isDone {}
      group.cancelAll()
    }
  }

  /// One turn: a sign of life, the rescue of what is lost, a claim, and the attempt if there is one.
  ///
  /// `claimed` hears that the claim has answered.
  package func step(claimed: () -> Void = {}) async throws -> Turn {
    guard try await tend() else { return .refused }
    return try await slots.claimAndLive(claimed: claimed)
  }

  /// Gives a sign of life when one is due, and takes back what is lost; says whether the queue can be written.
  private func tend() async throws -> Bool {
    do {
      try signOfLife.give()
      _ = try await rescuer.rescue()
      return true
    } catch let error where !context.settings.drains && error.passes {
      context.note("cannot write to the queue yet", error)
      return false
    }
  }
}
