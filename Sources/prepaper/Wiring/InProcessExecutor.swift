import Logging
import PrepaperDomain
import PrepaperQueue
import PrepaperRun
import PrepaperSQLite
import PrepaperWorker

/// Executes an attempt within the worker's process.
struct InProcessExecutor: AttemptExecutor {
  let settings: Settings
  let clock: SystemClock
  let logger: Logger
  let busyWait: BusyWait
  private let thread = RunThread()

  init(settings: Settings, clock: SystemClock, logger: Logger, busyWait: BusyWait) {
    self.settings = settings
    self.clock = clock
    self.logger = logger
    self.busyWait = busyWait
  }

  func execute(_ claim: Claim) async throws -> StagedAttempt {
    var logger = logger
    logger[metadataKey: "run_id"] = "\(claim.request.runID)"
    logger[metadataKey: "attempt"] = "\(claim.attempt)"
    let events = RunEventLog(logger: logger)
    let flow = RunFlow(
      service: try settings.makeMarketDataService(busyWait: busyWait), clock: clock,
      execution: ThisMachine.execution(jobID: claim.jobID, attempt: claim.attempt, worker: claim.worker),
      generatorVersion: generatorVersion, observe: { events.observe($0) })
    let staged = try await withTaskExecutorPreference(thread) { try await flow.stage(claim.request) }
    return StagedAttempt(
      staging: staged.staging, status: staged.status, reason: staged.reason, isSynthetic: staged.isSynthetic,
      files: staged.files)
  }
}
