internal import Logging
internal import PrepaperDomain
internal import PrepaperQueue
internal import Synchronization

/// Takes runs back from attempts that came to nothing, so that they are run again.
///
/// - A lock that is free: worker and process are dead, the run is taken back at once.
/// - A lease that is over while the lock is held: the attempt hangs; its process is ended first.
/// - A lease that is over without a lock to ask: the lease decides alone.
///
/// Before a run is given away, the files of the lost attempt are discarded: should its worker wake up again between
/// its proof and its publication, it finds nothing to publish.
final class Rescuer: Sendable {
  /// To how many locks it listens at once, since each takes a thread; beyond, it looks.
  private static let mostListenedTo = 64
  /// How long a lock goes unnoticed that it only looks at.
  private static let look = Duration.seconds(1)

  private struct State {
    var watch: LeaseWatch
    var listenedTo: Set<String> = []
  }

  private let context: WorkerContext
  private let state: Mutex<State>

  init(_ context: WorkerContext) {
    self.context = context
    state = Mutex(State(watch: LeaseWatch(heartbeat: context.settings.heartbeat)))
  }

  /// Rescues whenever the worker is woken, and when an attempt's lease would be over, until it is cancelled.
  ///
  /// - Throws: `SQLiteFailure`, `CancellationError`.
  func keepRescuing() async throws {
    while !Task.isCancelled {
      let seen = context.wakeUps.count
      var next: Duration?
      do {
        next = try await rescue()
      } catch let error where error.passes {
        context.logger.warning("cannot rescue yet: \(error)")
        next = context.settings.look
      }
      if let next {
        try await context.pause(for: next, orWakeUpAfter: seen)
      } else {
        try await context.wakeUps.next(after: seen)
      }
    }
  }

  /// Looks at every attempt that runs, and takes back what is lost.
  ///
  /// - Returns: after how long to look again at the latest; nil where a wake-up will tell.
  /// - Throws: `SQLiteFailure`.
  func rescue() async throws -> Duration? {
    let running = try context.store.running()
    state.withLock { $0.watch.keep(running) }
    var next: Duration?
    for attempt in running {
      switch verdict(on: attempt) {
      case .lost(let reason): try await takeBack(attempt, reason)
      case .hangs:
        context.logger.warning(
          "\(attempt.words) gives no sign of life; its process is ended", metadata: metadata(attempt))
        if let lock = attempt.lock, await !context.locks.endHolders(of: lock) {
          // It lives still, and must not be doubled.
          context.logger.error("\(attempt.words) cannot be ended yet; it keeps its run", metadata: metadata(attempt))
          next = min(next ?? Self.look, Self.look)
          continue
        }
        try await takeBack(attempt, .silent)
      case .lives(let patience): next = min(next ?? patience, patience)
      }
    }
    return next
  }

  private enum Verdict {
    case lost(LossReason)
    case hangs
    case lives(Duration)
  }

  private func verdict(on attempt: RunningAttempt) -> Verdict {
    let lock = attempt.lock.map { context.locks.state(of: $0) } ?? .unknown
    if lock == .free { return .lost(.died) }
    let isHeard = lock == .held ? listen(to: attempt) : true
    let patience = state.withLock {
      $0.watch.patience(with: attempt, now: context.clock.now, elapsed: context.clock.elapsed)
    }
    guard patience <= .zero else { return .lives(isHeard ? patience : min(patience, Self.look)) }
    return lock == .held ? .hangs : .lost(.silent)
  }

  /// Has the worker woken when the kernel lets go of an attempt's lock; false where there are too many of them.
  private func listen(to attempt: RunningAttempt) -> Bool {
    // The end of its own attempts a worker sees itself.
    guard let name = attempt.lock, attempt.worker != context.settings.name else { return true }
    let isNew = state.withLock { state -> Bool? in
      if state.listenedTo.contains(name) { return false }
      guard state.listenedTo.count < Self.mostListenedTo else { return nil }
      state.listenedTo.insert(name)
      return true
    }
    guard let isNew else { return false }
    if isNew {
      context.locks.whenFree(name) { [weak self] in
        guard let self else { return }
        _ = state.withLock { $0.listenedTo.remove(name) }
        context.wakeUps.wake()
      }
    }
    return true
  }

  private func takeBack(_ attempt: RunningAttempt, _ reason: LossReason) async throws {
    do {
      // What a request names is not to be touched where this worker may not write.
      try AllowedRoots(context.settings.allowedRoots).check(attempt.artifactsRoot)
      try await context.executor.discard(
        attempt.runID, attempt: attempt.attempt, artifactsRoot: attempt.artifactsRoot)
    } catch {
      // The next attempt removes them before it writes its own.
      context.logger.warning("files of a lost attempt are left behind: \(error)", metadata: metadata(attempt))
    }
    guard let state = try context.store.takeBack(attempt, reason, now: context.clock.now) else { return }
    if let lock = attempt.lock { context.locks.remove(lock) }
    context.logger.warning(
      "\(attempt.words) \(reason == .died ? "is dead" : "was silent for its lease"); the run is \(state.rawValue)",
      metadata: metadata(attempt))
    context.wakeUps.wake()
    context.doorbell.ring()
  }

  private func metadata(_ attempt: RunningAttempt) -> Logger.Metadata {
    ["run_id": "\(attempt.runID)", "attempt": "\(attempt.attempt)"]
  }
}

extension RunningAttempt {
  /// The attempt as people speak of it.
  fileprivate var words: String { "attempt \(attempt) of run \(runID) by worker \(worker)" }
}
