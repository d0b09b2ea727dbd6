import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperPrograms
import PrepaperRun
import Synchronization

/// Executes a run again in a fresh process of this program: nothing that this one remembers can make it come out alike.
struct ReplayProcess: RunProver {
  let environment: [String: String]
  let observe: @Sendable (String) -> Void

  func prove(_ order: ProofOrder) async throws -> ProofVerdict {
    let answer = Mutex<[UInt8]>([])
    // The file of this process, even where another version stands at its path by now.
    let program = ProgramCommand(path: "/proc/\(getpid())/exe", arguments: [OrderedProof.command])
    let process = try await ProgramProcess.start(
      program, limits: nil, mark: nil, environment: environment,
      output: { piece, _ in
        answer.withLock { $0 += piece }
        return true
      }, errors: observe)
    return try await withTaskCancellationHandler {
      _ = await process.write(CanonicalJSON.compact(order.json))
      process.closeInput()
      let end = await process.end()
      try Task.checkCancellation()
      return try verdict(answer.withLock { $0 }, end)
    } onCancel: {
      process.cancel()
    }
  }

  private func verdict(_ answer: [UInt8], _ end: ProgramEnd) throws -> ProofVerdict {
    guard end.isSuccess, let json = try? JSONParser.parse(answer) else {
      // It uses what the run uses: what ends it from outside ends a run too, and is as transient.
      throw RunError(
        end.signal == nil ? .unexpected : .killed,
        "the process that executes the run again \(end.problem() ?? "gave no answer")\(end.saidLast)")
    }
    if let code = json["error"]?["code"]?.stringValue.flatMap(RunErrorCode.init),
      let message = json["error"]?["message"]?.stringValue
    {
      throw RunError(code, "executed again from its own bars, the run fails: \(message)")
    }
    guard let verdict = ProofVerdict(json) else {
      throw RunError(.unexpected, "the process that executes the run again gave an answer that nobody knows")
    }
    return verdict
  }
}

extension Settings {
  /// What executes runs again, with these settings.
  ///
  /// - Parameter observe: hears what it says on its standard error, a line each.
  func replayProcess(observe: @escaping @Sendable (String) -> Void) -> ReplayProcess {
    ReplayProcess(environment: environment, observe: observe)
  }
}
