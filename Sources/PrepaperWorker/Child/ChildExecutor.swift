internal import Glibc
internal import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON
package import PrepaperQueue
internal import Synchronization

/// Executes each attempt in a process of its own: a crash, a runaway or an out-of-memory kill is the attempt's result,
/// never a dead worker.
package struct ChildExecutor: AttemptExecutor {
  private let program: String
  private let arguments: [String]
  private let launch: Current<ChildLaunch>
  private let directory: QueueDirectory

  /// An executor that starts a program.
  ///
  /// - Parameters:
  ///   - program: the absolute path of the program; it gets a `ChildOrder` and answers with `ChildMessage`s.
  package init(program: String, arguments: [String], launch: Current<ChildLaunch>, directory: QueueDirectory) {
    self.program = program
    self.arguments = arguments
    self.launch = launch
    self.directory = directory
  }

  package func execute(
    _ claim: Claim, lock: (any AttemptLock)?, observe: @escaping @Sendable (AttemptProgress) -> Void
  ) async -> Execution {
    let child: ChildProcess
    let launch = launch.value
    let log = directory.file(claim.log)
    let order = CanonicalJSON.compactText(ChildOrder(claim, launch.settings).json) + "\n"
    do {
      child = try ChildProcess(
        program: program, arguments: arguments, environment: launch.environment, order: Array(order.utf8), log: log,
        lock: lock, mark: lock?.name ?? "\(claim.worker)/\(claim.jobID).\(claim.attempt)")
    } catch {
      return Execution(.failure(error))
    }
    let answer = Mutex<ChildMessage?>(nil)
    let end = await withTaskCancellationHandler {
      await child.end { line in
        guard let message = ChildMessage(line: line) else { return }
        switch message {
        case .started: observe(AttemptProgress(processID: child.processID))
        case .progress(let stage, let done, let total):
          observe(AttemptProgress(processID: child.processID, stage: stage, barsDone: done, barsTotal: total))
        case .staged, .failed: answer.withLock { $0 = message }
        }
      }
    } onCancel: {
      child.stop(grace: launch.grace)
    }
    return Execution(result(answer.withLock { $0 }, end, claim, log, isStopped: child.isStopped), end: end)
  }

  package func discard(_ runID: RunID, attempt: Int64, artifactsRoot: String) async throws {
    try ArtifactsRoot(path: artifactsRoot).discardStaging(runID, attempt: attempt)
  }

  /// What the end of a process means for the run.
  private func result(
    _ answer: ChildMessage?, _ end: ProcessEnd, _ claim: Claim, _ log: String, isStopped: Bool
  ) -> Result<StagedAttempt, any Error> {
    switch answer {
    case .staged(let status, let reason, let isSynthetic, let files):
      return .success(
        StagedAttempt(
          staging: StagedDirectory(
            root: ArtifactsRoot(path: claim.request.artifactsRoot), runID: claim.request.runID,
            attempt: claim.attempt),
          status: status, reason: reason, isSynthetic: isSynthetic, files: files))
    case .failed(let error): return .failure(error)
    case .started, .progress, nil: break
    }
    if isStopped { return .failure(CancellationError()) }
    if let signal = end.signal {
      return .failure(
        RunError(
          .killed,
          "the run's process was ended by signal \(signal) (\(unsafe String(cString: strsignal(signal)))); see its "
            + "log \(log)"))
    }
    return .failure(
      RunError(
        .unexpected,
        "the run's process ended with status \(end.exitStatus ?? -1) and without a result; see its log \(log)"))
  }
}
