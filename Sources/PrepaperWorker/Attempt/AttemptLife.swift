internal import Dispatch
internal import Logging
internal import PrepaperArtifacts
internal import PrepaperDomain
import PrepaperJSON
internal import PrepaperQueue
internal import PrepaperSQLite

/// One attempt's life: executed under a lease that is renewed, proven current, published, recorded.
struct AttemptLife: Sendable {
  let context: WorkerContext

  /// Lives it through.
  ///
  /// An attempt whose lease was lost publishes and records nothing.
  /// - Returns: whether the queue knows its outcome.
  func run(_ claim: Claim, lock: (any AttemptLock)?) async -> Bool {
    context.logger.info("attempt begins", metadata: metadata(claim))
    do {
      let (outcome, end) = try await outcome(of: claim, lock)
      log(outcome, try await record(outcome, end, of: claim), claim)
      // Other workers, and those who wait for the run: it may have freed what they want.
      context.doorbell.ring()
      return true
    } catch let error as JobStoreError where error.code == .leaseLost {
      context.logger.warning("\(error); another attempt goes on with the run", metadata: metadata(claim))
    } catch {
      // Nothing of the attempt is recorded: its lock is let go, and the run is claimed again.
      context.logger.error("attempt given up: \(error)", metadata: metadata(claim))
    }
    return false
  }

  /// Executes the run, proves that the attempt is still the current one, and publishes.
  private func outcome(of claim: Claim, _ lock: (any AttemptLock)?) async throws -> (AttemptOutcome, ProcessEnd?) {
    do {
      try AllowedRoots(context.settings.allowedRoots).check(claim.request.artifactsRoot)
    } catch {
      return (failed(error, claim), nil)
    }
    let (execution, stopped) = await executeRenewing(claim, lock)
    do {
      let outcome = try await outcome(of: execution, stopped, claim)
      // What a process leaves that did not come to its end.
      if case .succeeded = outcome {} else { await discard(claim) }
      return (outcome, execution.end)
    } catch {
      await discard(claim)
      throw error
    }
  }

  private func outcome(of execution: Execution, _ stopped: StopReason?, _ claim: Claim) async throws -> AttemptOutcome {
    switch stopped {
    case .leaseLost: throw JobStoreError.leaseLost(claim)
    case .cancelled: return .cancelled
    case .timedOut(let limit):
      return failed(RunError(.timedOut, "the run took longer than \(limit.inSeconds) s and was stopped"), claim)
    case nil: break
    }
    switch execution.result {
    case .success(let staged):
      do {
        return try await publish(staged, claim)
      } catch let error as RunError {
        return failed(error, claim)
      }
    case .failure(let error as RunError): return failed(error, claim)
    case .failure(is CancellationError): return .released
    case .failure(let error):
      return failed(RunError(.unexpected, "the run ended in an error that nobody expected: \(error)"), claim)
    }
  }

  private func failed(_ error: RunError, _ claim: Claim) -> AttemptOutcome {
    if error.code.isOutage {
      return .deferred(
        error, for: context.outages.begin(claim.request.artifactsRoot, error, elapsed: context.clock.elapsed))
    }
    return .failed(error, retryAfter: context.settings.backoff.delay(afterTries: claim.tries))
  }

  /// Proves by a fenced write that the attempt is the current one, and publishes: in this order.
  private func publish(_ staged: StagedAttempt, _ claim: Claim) async throws -> AttemptOutcome {
    let isToBeCancelled = try await untilDurable(claim) {
      try context.store.renew(claim, lease: context.settings.lease, now: context.clock.now)
    }
    guard !isToBeCancelled else { return .cancelled }
    let directory = try await staged.staging.publish()
    context.outages.end(claim.request.artifactsRoot)
    return .succeeded(
      PublishedRun(
        status: staged.status, reason: staged.reason, isSynthetic: staged.isSynthetic, directory: directory,
        files: staged.files))
  }

  /// Removes what the attempt has staged; published files are out of its reach.
  private func discard(_ claim: Claim) async {
    do {
      try await context.executor.discard(
        claim.request.runID, attempt: claim.attempt, artifactsRoot: claim.request.artifactsRoot)
    } catch {
      // The next attempt removes them before it writes its own.
      context.logger.warning("staged files are left behind: \(error)", metadata: metadata(claim))
    }
  }

  /// Records the outcome; one that the queue will never take is recorded as a failure.
  private func record(_ outcome: AttemptOutcome, _ end: ProcessEnd?, of claim: Claim) async throws -> JobState {
    do {
      return try await untilDurable(claim) {
        try context.store.finish(claim, outcome, end: end, now: context.clock.now)
      }
    } catch let failure as SQLiteFailure where failure.kind == .constraint {
      let error = RunError(.unexpected, "the queue does not take the outcome of this attempt: \(failure)")
      context.logger.error("\(error)", metadata: metadata(claim))
      return try await untilDurable(claim) {
        try context.store.finish(claim, .failed(error, retryAfter: .zero), end: end, now: context.clock.now)
      }
    }
  }

  /// Repeats a fenced write until it is durable, or until it says that the lease is lost.
  private func untilDurable<Value>(_ claim: Claim, _ write: () throws -> Value) async throws -> Value {
    while true {
      do {
        return try write()
      } catch let failure as SQLiteFailure where failure.kind != .constraint && failure.kind != .corrupt {
        context.logger.warning("cannot write to the queue yet: \(failure)", metadata: metadata(claim))
        // A cancelled task must not drop an outcome: it goes on trying, and rests as another one does.
        do { try await context.clock.sleep(for: .milliseconds(200)) } catch { await restThoughCancelled() }
      }
    }
  }

  private func restThoughCancelled() async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(200)) { continuation.resume() }
    }
  }

  private func log(_ outcome: AttemptOutcome, _ state: JobState, _ claim: Claim) {
    switch outcome {
    case .succeeded(let run) where run.status == .noSignals:
      context.logger.warning(
        "no signals: \(run.reason ?? ""); PrePaper run complete: \(run.directory)", metadata: metadata(claim))
    case .succeeded(let run):
      context.logger.info("✅ PrePaper run complete: \(run.directory)", metadata: metadata(claim))
    case .failed(let error, let delay) where state == .scheduled:
      context.logger.warning(
        "try \(claim.tries) of \(claim.maxTries) failed (\(error.code.rawValue)), again in \(delay.formatted): \(error)",
        metadata: metadata(claim))
    case .failed(let error, _):
      context.logger.error("run failed (\(error.code.rawValue)): \(error)", metadata: metadata(claim))
    case .deferred(let error, let delay):
      let root = claim.request.artifactsRoot
      context.logger.warning(
        "no run for \(root) is claimed for \(delay.formatted), the try does not count (\(error.code.rawValue)): \(error)",
        metadata: metadata(claim))
    case .cancelled: context.logger.warning("run cancelled", metadata: metadata(claim))
    case .released: context.logger.warning("run given back, since this worker stops", metadata: metadata(claim))
    }
  }

  func metadata(_ claim: Claim) -> Logger.Metadata {
    ["run_id": "\(claim.request.runID)", "attempt": "\(claim.attempt)"]
  }
}

extension Duration {
  /// Seconds to one digit: `2.5 s`.
  fileprivate var formatted: String { "\((inSeconds * 10).rounded() / 10) s" }
}
