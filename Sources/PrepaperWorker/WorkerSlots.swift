internal import PrepaperDomain
internal import PrepaperQueue
internal import Synchronization

/// A worker's slots: each claims and lives one attempt at a time, as many side by side as the settings say.
struct WorkerSlots: Sendable {
  private let context: WorkerContext
  private let life: AttemptLife
  private let stop = Flag()
  private let hasClaimed = Flag()

  init(_ context: WorkerContext) {
    self.context = context
    life = AttemptLife(context: context)
  }

  /// Has each slot end once its attempt is done.
  func requestStop() {
    stop.raise()
    context.wakeUps.wake()
  }

  /// Fills slots until a stop is requested or nothing is left; opens and closes some where their number is changed.
  ///
  /// - Throws: `SQLiteFailure`, `CancellationError`; `RunError` where a worker that drains cannot make a lock.
  func keepFilled() async throws {
    try await withThrowingTaskGroup(of: Event.self) { group in
      var open: Set<Int> = []
      repeat {
        let count = context.settings.concurrency
        for slot in 0..<max(1, count) where open.insert(slot).inserted {
          group.addTask {
            try await fill(slot); return .closed(slot)
          }
        }
        group.addTask {
          try await untilConcurrency(isNot: count); return .otherConcurrency
        }
        events: while !open.isEmpty, let event = try await group.next() {
          switch event {
          case .closed(let slot): open.remove(slot)
          case .otherConcurrency: break events
          }
        }
      } while !open.isEmpty
      group.cancelAll()
    }
  }

  private enum Event: Sendable {
    case closed(Int)
    case otherConcurrency
  }

  private func untilConcurrency(isNot count: Int) async throws {
    while true {
      let seen = context.wakeUps.count
      guard context.settings.concurrency == count else { return }
      try await context.wakeUps.next(after: seen)
    }
  }

  /// Claims and lives attempts, one after the other, as long as there is to be a slot of that number.
  private func fill(_ slot: Int) async throws {
    while !Task.isCancelled, slot < max(1, context.settings.concurrency) {
      // Before the claim: a job that is submitted while it finds nothing must wake the slot. Before the look at the
      // request to stop, too, which wakes it as well.
      let seen = context.wakeUps.count
      guard !stop.isUp else { return }
      // Migrated, and the first claim query has answered.
      switch try await claimAndLive(claimed: { if hasClaimed.raise() { context.notices.ready() } }) {
      case .worked: continue
      case .drained: return
      case .idle:
        if let outage = context.outages.now(elapsed: context.clock.elapsed) {
          try await context.pause(for: outage.patience, orWakeUpAfter: seen)
        } else {
          try await context.wakeUps.next(after: seen)
        }
      case .refused: try await context.pause(for: context.settings.look, orWakeUpAfter: seen)
      }
    }
  }

  /// A claim, and the attempt if there is one; `claimed` hears that the claim has answered.
  func claimAndLive(claimed: () -> Void) async throws -> WorkerService.Turn {
    let settings = context.settings
    var lock: (any AttemptLock)?
    var hasLived = false
    defer {
      lock?.release()
      // Only now: what the attempt has freed, or left, is for other slots and the rescuer to see.
      if hasLived { context.wakeUps.wake() }
    }
    let outage = context.outages.now(elapsed: context.clock.elapsed)
    let claim: Claim?
    do {
      claim = try context.store.claim(
        worker: settings.name,
        lock: {
          lock = try context.locks.make()
          return lock?.name
        },
        avoiding: outage?.roots ?? [], lease: settings.lease, now: context.clock.now)
    } catch let error where !settings.drains && error.passes {
      context.note("cannot claim yet", error)
      return .refused
    }
    claimed()
    guard let claim else { return try idle(outage: outage) }
    context.notices.alive()
    context.running.began(claim)
    context.notices.status(of: context.store, now: context.clock.now)
    context.metrics?.claimed(after: claim.waited)
    // Other workers begin to listen to its lock, so that none of them is late should this one die the next moment.
    context.doorbell.ring()
    hasLived = true
    let isRecorded = await life.run(claim, lock: lock)
    context.running.ended(claim, isRecorded: isRecorded)
    return .worked
  }

  /// Tells the service manager why nothing was claimed.
  private func idle(outage: Outages.Now?) throws -> WorkerService.Turn {
    let overview = try context.store.overview()
    if let outage {
      context.notices.status(trouble: "\(outage.error)", roots: outage.roots)
    } else {
      context.notices.status(overview, now: context.clock.now)
    }
    return context.settings.drains && overview.open == 0 ? .drained : .idle
  }
}

/// Something that is so from one moment on.
private final class Flag: Sendable {
  private let state = Atomic(false)

  var isUp: Bool { state.load(ordering: .acquiring) }

  /// Makes it so; whether it was not before.
  @discardableResult
  func raise() -> Bool { !state.exchange(true, ordering: .acquiringAndReleasing) }
}
