internal import Logging
internal import PrepaperDomain
internal import PrepaperQueue

/// Looks once in a second whether somebody wrote to the queue, and wakes the others then, or when something is due.
///
/// It gives the worker's signs of life while the slots are busy, carries the queue's log over when nothing happens, and
/// writes the metrics.
struct QueueWatch: Sendable {
  private let context: WorkerContext
  private let signOfLife: SignOfLife

  init(_ context: WorkerContext, signOfLife: SignOfLife) {
    self.context = context
    self.signOfLife = signOfLife
  }

  /// Watches until it is cancelled.
  ///
  /// - Throws: `SQLiteFailure`, `JobStoreError` with `replaced` where the queue's file is another one now,
  ///   `WorkerBroken`, `CancellationError`.
  func keepWatch() async throws {
    let store = context.store
    var version = try store.dataVersion()
    var woken = context.wakeUps.count
    var overview = try store.overview()
    var isUnsettled = true
    // Looks are counted, not timed: a clock that is put back must not keep the worker from its sign of life.
    var looks = 0
    while !Task.isCancelled {
      let due = overview.nextRunAt.map { $0 - context.clock.now }
      try await sleep(untilDue: due)
      guard store.isInPlace else { throw JobStoreError.replaced(store.path) }
      // Both before the look at the queue: what happens while that is read is for the next one.
      let seen = context.wakeUps.count
      let latest = try store.dataVersion()
      let isDue = due.map { $0 <= context.settings.look } ?? false
      if latest != version || isDue { context.wakeUps.wake() }
      if latest != version || seen != woken || isDue {
        overview = try store.overview()
        context.notices.changed(overview, now: context.clock.now)
        isUnsettled = true
      } else if isUnsettled {
        isUnsettled = false
        checkpoint()
      }
      version = latest
      woken = seen
      looks += 1
      if looks.isMultiple(of: looksInHeartbeat) { try beat(overview) }
    }
  }

  private var looksInHeartbeat: Int {
    let settings = context.settings
    return max(1, Int(settings.heartbeat / settings.look))
  }

  private func sleep(untilDue due: Duration?) async throws {
    let look = context.settings.look
    // What is overdue waits for a slot: looking more often would not help it.
    let isDueSoon = due.map { .zero < $0 && $0 < look } ?? false
    try await context.clock.sleep(for: isDueSoon ? due ?? look : look)
  }

  /// Carries the queue's log over into its file: done when nothing happens, it is in nobody's way.
  private func checkpoint() {
    do {
      try context.store.checkpoint()
    } catch {
      context.logger.debug("the write-ahead log stays as it is for now: \(error)")
    }
  }

  private func beat(_ overview: QueueOverview) throws {
    do {
      try signOfLife.give()
    } catch let error where error.passes {
      context.note("cannot write to the queue yet", error)
    }
    context.metrics?.write(overview, logBytes: context.store.logBytes, now: context.clock.now)
  }
}
