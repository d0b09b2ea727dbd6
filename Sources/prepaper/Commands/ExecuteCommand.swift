import ArgumentParser
import Glibc
import Logging
import PrepaperDomain
import PrepaperRun
import PrepaperSQLite
import PrepaperWorker

/// `prepaper execute`: one attempt, in a process that a worker has started for it.
struct ExecuteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "execute", abstract: "Execute one attempt for a worker.", shouldDisplay: false)

  @Option(help: "How much memory the process may allocate, in MiB.")
  var maxMemory: Int?
  @Option(help: "How much less processor time than others it gets, 0 to 19.")
  var nice: Int?
  @Option var logLevel: String?

  func run() async throws {
    let reporter = try ChildReporter()
    reporter.send(.started)
    reporter.endWithWorker()
    do {
      reporter.send(try await stage(reporter.order(), reporter))
    } catch let error as RunError {
      fail(error, reporter)
    } catch let failure as CommandFailure {
      fail(RunError(.unexpected, failure.message), reporter)
    } catch {
      fail(RunError(.unexpected, "the run ended in an error that nobody expected: \(error)"), reporter)
    }
  }

  /// Tells the worker, and whoever reads the log.
  private func fail(_ error: RunError, _ reporter: ChildReporter) {
    CommandOutput(isJSON: false).say("error: \(error.code.rawValue): \(error.message)")
    reporter.send(.failed(error))
  }

  private func stage(_ order: ChildOrder, _ reporter: ChildReporter) async throws -> ChildMessage {
    try limit()
    let settings = try await Settings()
    let level = try settings.logLevel(flag: logLevel)
    var logger = Logger(label: "prepaper") { _ in StderrLogHandler(level: level) }
    logger[metadataKey: "run_id"] = "\(order.request.runID)"
    logger[metadataKey: "attempt"] = "\(order.attempt)"
    let (events, progress) = (RunEventLog(logger: logger), RunProgress(reporter: reporter))
    let flow = RunFlow(
      service: try settings.makeMarketDataService(busyWait: BusyWait(seed: UInt64(getpid()))), clock: SystemClock(),
      execution: ThisMachine.execution(jobID: order.jobID, attempt: order.attempt, worker: order.worker),
      generatorVersion: generatorVersion,
      observe: { event in
        events.observe(event)
        progress.observe(event)
      })
    let staged = try await flow.stage(order.request)
    return .staged(
      status: staged.status, reason: staged.reason, isSynthetic: staged.isSynthetic, files: staged.files)
  }

  /// Sets the limits that the operator has given.
  private func limit() throws {
    if let maxMemory {
      var limit = rlimit()
      limit.rlim_cur = rlim_t(maxMemory) << 20
      limit.rlim_max = limit.rlim_cur
      guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit) == 0 else {
        throw RunError(.unexpected, "cannot limit the memory to \(maxMemory) MiB (errno \(errno))")
      }
    }
    if let nice { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Int32(nice)) }
  }
}
