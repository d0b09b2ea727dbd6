package import PrepaperDomain
internal import PrepaperProcesses

/// A program that runs, held to its limits, from its start until all of its group is gone.
package final class ProgramProcess: Sendable {
  /// Takes a piece of output, with how many bytes of its input the program has read by then; the last one is empty.
  ///
  /// False ends the program; at the end of output, only where it does not soon end by itself.
  package typealias OutputHandler = @Sendable (_ piece: [UInt8], _ inputRead: Int) -> Bool

  private let process: PipedProcess
  private let errors: ErrorOutput

  private init(_ process: PipedProcess, _ errors: ErrorOutput) {
    self.process = process
    self.errors = errors
  }

  /// Starts a program.
  ///
  /// Its environment is small and the same everywhere, so that a run depends on nobody's shell, unless one is given.
  ///
  /// - Parameters:
  ///   - scratch: the only directory in which it may write; it starts there. Without one it may write wherever this
  ///     process may, and starts in `/`.
  ///   - limits: what it may use beside what this process may.
  ///   - mark: what a worker finds an attempt's processes by, in their environment.
  ///   - grace: how long it may take to end after it was asked to, before it is killed.
  ///   - errors: hears each line of its standard error.
  /// - Throws: `RunError` with `out_of_resources` or `unexpected`.
  package static func start(
    _ command: ProgramCommand, limits: ProgramLimits?, mark: String?, scratch: String? = nil,
    environment: [String: String]? = nil,
    grace: Duration = .seconds(1),
    output: @escaping OutputHandler, errors: @escaping @Sendable (String) -> Void
  ) async throws(RunError) -> ProgramProcess {
    // Whoever holds an attempt's lock is the attempt, and a program is not: it gets its pipes and nothing else.
    let start = ProcessStart(
      command.path, command.arguments,
      environment: environment ?? ProgramEnvironment.variables(mark: mark, scratch: scratch),
      directory: scratch ?? "/",
      confinement: Confinement(cpu: limits?.cpu, memoryMiB: limits?.memoryMiB, writableDirectory: scratch))
    let lines = ErrorOutput(observe: errors)
    do throws(ProcessStartFailure) {
      return ProgramProcess(
        try await PipedProcess.start(
          start, wall: limits?.wall, grace: grace, output: output, errors: { lines.append($0) }), lines)
    } catch {
      throw RunError(cannotStart: error.program, reason: error.reason, isOutOfResources: error.isOutOfResources)
    }
  }

  /// Gives it input, and waits while too much of it is not yet written.
  ///
  /// One task at a time may do so.
  ///
  /// - Returns: false where it takes no more input, which its end explains.
  package func write(_ bytes: [UInt8]) async -> Bool { await process.write(bytes) }

  /// Says that there is no more input.
  package func closeInput() { process.closeInput() }

  /// Does something while the program's wall time stands still, since it can only wait for it.
  package func whileItWaits<Value>(_ body: () async throws -> Value) async rethrows -> Value {
    try await process.whileItWaits(body)
  }

  /// Has all of it ended, since the run needs it no more: asks first, and kills what is still there after the grace.
  package func cancel() { process.stop(.cancelled) }

  /// How it ended, as soon as all of its group is gone.
  package func end() async -> ProgramEnd {
    let end = await process.end()
    return ProgramEnd(exit: end.exit, stop: end.stop, lastErrors: errors.last)
  }
}
