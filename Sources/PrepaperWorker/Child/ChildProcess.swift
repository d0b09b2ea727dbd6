internal import Dispatch
internal import Glibc
import PrepaperDomain
internal import PrepaperProcesses
import PrepaperQueue
internal import Synchronization

/// A process that runs one attempt, in a process group of its own, from its start to the end of all that it started.
final class ChildProcess: Sendable {
  private let process: StartedProcess
  private let messages: Int32
  private let tree: AttemptProcess
  private let isAskedToStop = Mutex(false)

  /// Starts a program; its output goes to the log.
  ///
  /// - Parameters:
  ///   - order: what it reads on its standard input.
  ///   - lock: the attempt's lock, if there is one.
  ///   - mark: a name that no other attempt's processes have in their environment.
  /// - Throws: `RunError`.
  init(
    program: String, arguments: [String], environment: [String: String], order: [UInt8], log: String,
    lock: (any AttemptLock)?, mark: String
  ) throws(RunError) {
    let output = unsafe open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard output >= 0 else { throw systemFailure("open the log", log) }
    defer { close(output) }
    var start = ProcessStart(
      program, arguments, environment: environment.merging([AttemptProcess.variable: mark]) { _, own in own },
      descriptors: [STDOUT_FILENO: output, STDERR_FILENO: output])
    start.descriptors[ChildDescriptors.lock] = lock?.descriptor
    do throws(ProcessStartFailure) {
      (process, messages) = try Self.start(start, order: order)
    } catch {
      throw RunError(cannotStart: error.program, reason: error.reason, isOutOfResources: error.isOutOfResources)
    }
    tree = AttemptProcess(processID: process.processID, mark: mark)
  }

  /// The process, and where its messages are read.
  private static func start(
    _ start: ProcessStart, order: [UInt8]
  ) throws(ProcessStartFailure) -> (StartedProcess, messages: Int32) {
    // Not through a pipe: the worker would wait for a child that has yet to read.
    let input = try SealedInput(order, to: start.program)
    defer { close(input.descriptor) }
    let answer = try PipeEnds(to: start.program)
    defer { close(answer.write) }
    var start = start
    start.descriptors[STDIN_FILENO] = input.descriptor
    start.descriptors[ChildDescriptors.messages] = answer.write
    do {
      return (try start.start(), answer.read)
    } catch {
      close(answer.read)
      throw error
    }
  }

  /// Its number.
  var processID: Int32 { process.processID }

  /// Whether it was asked to stop.
  var isStopped: Bool { isAskedToStop.withLock { $0 } }

  /// Reads its messages until it ends, line by line, and then ends whatever it has left running.
  ///
  /// To be awaited once.
  func end(_ line: @escaping @Sendable ([UInt8]) -> Void) async -> ProcessEnd {
    await withCheckedContinuation { continuation in
      onThreadOfItsOwn { [self] in
        readLines(line)
        continuation.resume(returning: reap())
      }
    }
  }

  /// Asks it and everything that it has started to stop, and kills what is still there after the grace.
  func stop(grace: Duration) {
    isAskedToStop.withLock { $0 = true }
    signal(SIGTERM)
    // One that is stopped takes a signal only when it goes on.
    signal(SIGCONT)
    DispatchQueue.global().asyncAfter(deadline: .now() + grace.inSeconds) { [self] in signal(SIGKILL) }
  }

  private func signal(_ number: Int32) {
    process.beforeNumberIsFree { tree.signal(number) }
  }

  private func readLines(_ line: ([UInt8]) -> Void) {
    var buffer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = unsafe read(messages, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      buffer.append(contentsOf: chunk[..<count])
      while let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        line(Array(buffer[..<end]))
        buffer.removeSubrange(...end)
      }
    }
    close(messages)
  }

  private func reap() -> ProcessEnd {
    let exit = process.wait { if isStopped { tree.signal(SIGKILL) } }
    // One that was killed could not end the programs that it ran, each of them in a group of its own.
    if exit.signal != nil { tree.signal(SIGKILL) }
    return ProcessEnd(
      processID: processID, exitStatus: exit.exitStatus, signal: exit.signal, peakMemory: exit.peakMemory,
      cpuTime: exit.cpuTime)
  }
}
