internal import Logging
internal import PrepaperArtifacts
internal import PrepaperDomain
internal import PrepaperQueue
internal import PrepaperSQLite

/// One attempt's life: executed under a lease that is renewed, proven current, published, recorded.
struct AttemptLife: Sendable {
  let store: JobStore
  let executor: any AttemptExecutor
  let clock: any WorkerClock
  let settings: WorkerSettings
  let logger: Logger
  /// Called after every renewal that was committed.
  let renewed: @Sendable (Claim) -> Void

  /// Lives it through.
  ///
  /// An attempt whose lease was lost publishes and records nothing.
  func run(_ claim: Claim) async {
    do {
      let outcome = try await outcome(of: claim)
      log(outcome, try await record(outcome, of: claim), claim)
    } catch let error as JobStoreError where error.code == .leaseLost {
      logger.warning("\(error); another attempt goes on with the run", metadata: metadata(claim))
    } catch {
      // Nothing of the attempt is recorded: its lease runs out, and the run is claimed again.
      logger.error("attempt given up: \(error)", metadata: metadata(claim))
    }
  }

  /// Executes the run, proves that the attempt is still the current one, and publishes.
  private func outcome(of claim: Claim) async throws -> AttemptOutcome {
    do {
      try AllowedRoots(settings.allowedRoots).check(claim.request.artifactsRoot)
      let staged = try await executeRenewing(claim)
      do {
        _ = try await untilDurable(claim) { try store.renew(claim, lease: settings.lease, now: clock.now) }
        return .succeeded(
          PublishedRun(
            status: staged.status, reason: staged.reason, isSynthetic: staged.isSynthetic,
            directory: try staged.staging.publish(), files: staged.files))
      } catch {
        // Not published, or published already: either way nothing may be left in staging.
        try staged.staging.discard()
        throw error
      }
    } catch let error as RunError {
      return .failed(error, retryAfter: settings.backoff.delay(afterTries: claim.tries))
    }
  }

  /// Records the outcome; one that the queue will never take is recorded as a failure.
  private func record(_ outcome: AttemptOutcome, of claim: Claim) async throws -> JobState {
    do {
      return try await untilDurable(claim) { try store.finish(claim, outcome, now: clock.now) }
    } catch let failure as SQLiteFailure where failure.kind == .constraint {
      let error = RunError(.unexpected, "the queue does not take the outcome of this attempt: \(failure)")
      logger.error("\(error)", metadata: metadata(claim))
      return try await untilDurable(claim) {
        try store.finish(claim, .failed(error, retryAfter: .zero), now: clock.now)
      }
    }
  }

  /// Executes and renews side by side; the first to end decides.
  ///
  /// A worker that is cancelled still takes what its attempt came to. What is staged in vain is removed.
  private func executeRenewing(_ claim: Claim) async throws -> StagedAttempt {
    let result = StagedResult()
    do {
      try await withThrowingTaskGroup { group in
        group.addTask { result.leave(await execute(claim)) }
        group.addTask { try await renewForever(claim) }
        defer { group.cancelAll() }
        try await group.next()
      }
    } catch  where !(error is CancellationError) {
      if case .success(let staged) = result.value { try staged.staging.discard() }
      throw error
    } catch {
      // Cancelled from outside, not by a lease that was lost: what is there counts.
    }
    guard let value = result.value else { throw CancellationError() }
    return try value.get()
  }

  private func execute(_ claim: Claim) async -> Result<StagedAttempt, any Error> {
    do {
      return .success(try await executor.execute(claim))
    } catch let error where error is RunError || error is CancellationError {
      return .failure(error)
    } catch {
      return .failure(RunError(.unexpected, "the run ended in an error that nobody expected: \(error)"))
    }
  }

  /// Renews the lease until it is cancelled; a store that cannot be written is tried again while the lease holds.
  private func renewForever(_ claim: Claim) async throws {
    var leaseEnd = clock.now + settings.lease
    while !Task.isCancelled {
      try await clock.sleep(for: settings.heartbeat)
      do {
        let now = clock.now
        try store.renew(claim, lease: settings.lease, now: now)
        leaseEnd = now + settings.lease
        renewed(claim)
      } catch let failure as SQLiteFailure {
        logger.warning("cannot renew the lease yet: \(failure)", metadata: metadata(claim))
        guard clock.now < leaseEnd else { throw JobStoreError.leaseLost(claim) }
      }
    }
  }

  /// Repeats a fenced write until it is durable, or until it says that the lease is lost.
  private func untilDurable<Value>(_ claim: Claim, _ write: () throws -> Value) async throws -> Value {
    while true {
      do {
        return try write()
      } catch let failure as SQLiteFailure where failure.kind != .constraint && failure.kind != .corrupt {
        logger.warning("cannot write to the queue yet: \(failure)", metadata: metadata(claim))
        // A cancelled task must not drop an outcome: it goes on trying, only without the pause.
        do { try await clock.sleep(for: .milliseconds(200)) } catch { await Task.yield() }
      }
    }
  }

  private func log(_ outcome: AttemptOutcome, _ state: JobState, _ claim: Claim) {
    switch outcome {
    case .succeeded(let run) where run.status == .noSignals:
      logger.warning(
        "no signals: \(run.reason ?? ""); PrePaper run complete: \(run.directory)", metadata: metadata(claim))
    case .succeeded(let run):
      logger.info("✅ PrePaper run complete: \(run.directory)", metadata: metadata(claim))
    case .failed(let error, let delay) where state == .scheduled:
      logger.warning(
        "try \(claim.tries) of \(claim.maxTries) failed (\(error.code.rawValue)), again in \(delay.formatted): \(error)",
        metadata: metadata(claim))
    case .cancelled: logger.warning("run cancelled", metadata: metadata(claim))
    case .released: logger.warning("run given back: the worker stops", metadata: metadata(claim))
    case .failed(let error, _):
      logger.error("run failed (\(error.code.rawValue)): \(error)", metadata: metadata(claim))
    }
  }

  private func metadata(_ claim: Claim) -> Logger.Metadata {
    ["run_id": "\(claim.request.runID)", "attempt": "\(claim.attempt)"]
  }
}

extension Duration {
  /// Seconds to one digit: `2.5 s`.
  fileprivate var formatted: String { "\((inSeconds * 10).rounded() / 10) s" }
}
