internal import Logging
internal import PrepaperDomain
internal import PrepaperQueue
internal import PrepaperSQLite

/// Why a worker stops an attempt that runs.
enum StopReason: Hashable, Sendable {
  /// Somebody wants the run cancelled.
  case cancelled
  /// It took too long.
  case timedOut(after: Duration)
  /// It is no longer the current attempt, or could not renew its lease in time.
  case leaseLost
}

extension AttemptLife {
  /// What can happen while an attempt is executed.
  private enum Event: Sendable {
    case executed(Execution)
    /// It was not to begin any more.
    case notBegun(StopReason)
    case stop(StopReason)
    case nothing
  }

  /// Executes, renews, and listens side by side; the first to have an answer decides.
  ///
  /// Where the attempt is stopped, this returns when nothing of it runs any more.
  func executeRenewing(_ claim: Claim, _ lock: (any AttemptLock)?) async -> (Execution, StopReason?) {
    let progress = LatestProgress()
    let claimedAt = context.clock.elapsed
    return await withTaskGroup(of: Event.self) { group in
      group.addTask {
        // A worker that stood still since its claim may have lost it: nothing runs yet that could have been ended, and
        // the run must not be executed twice at once.
        if let reason = reasonToStop(claim) { return .notBegun(reason) }
        return .executed(
          await context.executor.execute(claim, lock: lock) { latest in
            context.running.reached(latest.stage, claim)
            if progress.note(latest) { context.metrics?.started(after: context.clock.elapsed - claimedAt) }
            tell(progress, claim)
          })
      }
      group.addTask { await keepAlive(claim, progress).map(Event.stop) ?? .nothing }
      group.addTask { await listen(claim).map(Event.stop) ?? .nothing }
      if let timeout = claim.timeout ?? context.settings.timeout {
        group.addTask {
          do { try await context.clock.sleep(for: timeout) } catch { return .nothing }
          return .stop(.timedOut(after: timeout))
        }
      }
      var stopped: StopReason?
      while let event = await group.next() {
        switch event {
        case .executed(let execution):
          group.cancelAll()
          return (execution, stopped)
        case .notBegun(let reason):
          group.cancelAll()
          return (Execution(.failure(CancellationError())), reason)
        case .stop(let reason):
          // A lease that is lost outweighs whatever else is the matter.
          if stopped == nil || reason == .leaseLost { stopped = reason }
          group.cancelAll()
        case .nothing: break
        }
      }
      preconditionFailure("an execution always ends")
    }
  }

  /// Renews the lease until it is cancelled; a store that cannot be written is tried again while the lease holds.
  private func keepAlive(_ claim: Claim, _ progress: LatestProgress) async -> StopReason? {
    var leaseEnd = context.clock.now + context.settings.lease
    while !Task.isCancelled {
      do { try await context.clock.sleep(for: context.settings.heartbeat) } catch { return nil }
      do {
        let now = context.clock.now
        let isToBeCancelled = try context.store.renew(
          claim, lease: context.settings.lease, progress: progress.take(), now: now)
        leaseEnd = now + context.settings.lease
        context.notices.alive()
        context.notices.status(of: context.store, now: context.clock.now)
        if isToBeCancelled { return .cancelled }
      } catch let failure as SQLiteFailure {
        context.logger.warning("cannot renew the lease yet: \(failure)", metadata: metadata(claim))
        guard context.clock.now < leaseEnd else { return .leaseLost }
      } catch {
        return .leaseLost
      }
    }
    return nil
  }

  /// Looks, each time that the worker is woken, whether somebody wants the run cancelled.
  private func listen(_ claim: Claim) async -> StopReason? {
    while !Task.isCancelled {
      let seen = context.wakeUps.count
      if let reason = reasonToStop(claim) { return reason }
      do { try await context.wakeUps.next(after: seen) } catch { return nil }
    }
    return nil
  }

  /// Why the attempt is to stop now, as far as the queue tells; nil too where it cannot be read.
  private func reasonToStop(_ claim: Claim) -> StopReason? {
    do {
      // Whether it is cancelled or taken over, a renewal tells.
      guard try context.store.isToStop(claim) else { return nil }
      let isToBeCancelled = try context.store.renew(claim, lease: context.settings.lease, now: context.clock.now)
      return isToBeCancelled ? .cancelled : nil
    } catch is JobStoreError {
      return .leaseLost
    } catch {
      context.logger.debug("cannot look for a cancel: \(error)", metadata: metadata(claim))
      return nil
    }
  }

  /// Records progress in between two heartbeats, once in a second at most.
  private func tell(_ progress: LatestProgress, _ claim: Claim) {
    guard let latest = progress.takeIfDue(at: context.clock.elapsed) else { return }
    do {
      try context.store.renew(claim, lease: context.settings.lease, progress: latest, now: context.clock.now)
      context.doorbell.ring()
    } catch {
      context.logger.debug("progress is told later: \(error)", metadata: metadata(claim))
    }
  }
}
