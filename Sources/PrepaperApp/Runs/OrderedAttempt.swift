import Glibc
import Logging
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperRun
import PrepaperWorker

/// `prepaper execute`: one attempt, in a process that a worker has started for it.
///
/// All that it is to do comes from its worker.
package struct OrderedAttempt {
  /// The only word on its command line.
  package static let command = "execute"

  /// An attempt that has no order yet.
  package init() {}

  /// Executes what the worker has ordered, and tells it how that went.
  ///
  /// - Throws: `RunError` where it was not started by a worker.
  package func run() async throws {
    let reporter = try ChildReporter()
    reporter.send(.started)
    reporter.endWithWorker()
    do {
      reporter.send(try await stage(reporter.order(), reporter))
    } catch let error as RunError {
      fail(error, reporter)
    } catch let failure as AppError {
      fail(RunError(.unexpected, failure.message), reporter)
    } catch {
      fail(RunError(.unexpected, "the run ended in an error that nobody expected: \(error)"), reporter)
    }
  }

  /// Tells the worker, and whoever reads the log.
  private func fail(_ error: RunError, _ reporter: ChildReporter) {
    StandardStream.errors.writeLine("error: \(error.code.rawValue): \(error.message)")
    reporter.send(.failed(error))
  }

  private func stage(_ order: ChildOrder, _ reporter: ChildReporter) async throws -> ChildMessage {
    restrictGroupToReading()
    let request: RunRequest
    do throws(FieldFault) {
      request = try RunRequest(order.request.json)
    } catch {
      throw RunError(.requestUnreadable, "run \(order.request.runID): \(error) No prepaper of this version wrote it")
    }
    try limit(order.settings)
    let settings = try await Settings()
    let level = try settings.logLevel(flag: order.settings.logLevel)
    var logger = logger(level, order)
    logger[metadataKey: "run_id"] = "\(order.request.runID)"
    logger[metadataKey: "attempt"] = "\(order.attempt)"
    let (events, progress) = (RunEventLog(logger: logger), RunProgress(reporter: reporter))
    let flow = try RunFlow(
      settings, events,
      execution: ThisMachine.execution(jobID: order.jobID, attempt: order.attempt, worker: order.worker),
      hearSource: { events.tell($0) }, observe: { progress.observe($0) })
    let staged = try await flow.stage(request)
    return .staged(
      status: staged.status, reason: staged.reason, isSynthetic: staged.isSynthetic, files: staged.files)
  }

  /// A logger to the attempt's log, which is standard error, and where the worker logs to the journal, there too.
  private func logger(_ level: Logger.Level, _ order: ChildOrder) -> Logger {
    let file = StderrLogHandler(level: level)
    return Logger(label: "prepaper") { _ -> any LogHandler in
      guard order.settings.journals else { return file }
      return MultiplexLogHandler([file, JournalLogHandler(level: Current(level))])
    }
  }

  /// Sets the limits that the operator has given.
  private func limit(_ settings: ChildSettings) throws {
    if let maxMemory = settings.maxMemory {
      var limit = rlimit()
      limit.rlim_cur = rlim_t(maxMemory) << 20
      limit.rlim_max = limit.rlim_cur
      guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit) == 0 else {
        throw RunError(.unexpected, "cannot limit the memory to \(maxMemory) MiB (errno \(errno))")
      }
    }
    if let nice = settings.nice { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Int32(nice)) }
  }
}
