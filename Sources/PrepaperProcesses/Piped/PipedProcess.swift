internal import Glibc
internal import Synchronization

/// A process with pipes to its standard input, output and error, from its start until all of its group is gone.
///
/// Its input is written, its output and errors read and its wall time counted at the same time, on a thread of its own:
/// it may answer before it reads, or do nothing at all, and nobody waits for the other for ever.
package final class PipedProcess: Sendable {
  /// Takes a piece of output, with how many bytes of its input the process has read by then; the last one is empty.
  ///
  /// False ends the process; at the end of output, only where it does not soon end by itself.
  package typealias OutputHandler = @Sendable (_ piece: [UInt8], _ inputRead: Int) -> Bool

  /// Takes a piece of what it says on its standard error; the last one is empty.
  package typealias ErrorHandler = @Sendable (_ piece: ArraySlice<UInt8>) -> Void

  /// How much input may wait to be written before the one who writes has to wait.
  private static let mostPendingInput = 1 << 18

  private let wakeUp: WakeUp
  private let state = Mutex(State())

  private struct State {
    var input = PendingInput()
    var stop: ProcessStop?
    var writer: CheckedContinuation<Bool, Never>?
    var waiters: [CheckedContinuation<PipedEnd, Never>] = []
    var end: PipedEnd?
    var isWaitingSince: SuspendingClock.Instant?
    var waited = Duration.zero

    mutating func takeWriter() -> CheckedContinuation<Bool, Never>? {
      defer { writer = nil }
      return writer
    }
  }

  private init(_ wakeUp: WakeUp) {
    self.wakeUp = wakeUp
  }

  /// Starts a process; its standard input, output and error are the pipes.
  ///
  /// - Parameters:
  ///   - wall: the time from its start to its end; that of `whileItWaits` does not count.
  ///   - grace: how long it may take to end after it was asked to, before it is killed.
  package static func start(
    _ start: ProcessStart, wall: Duration? = nil, grace: Duration, output: @escaping OutputHandler,
    errors: @escaping ErrorHandler
  ) async throws(ProcessStartFailure) -> PipedProcess {
    let process = PipedProcess(try WakeUp(for: start.program))
    let failure: ProcessStartFailure? = await withCheckedContinuation { continuation in
      let body: @Sendable () -> Void = {
        do throws(ProcessStartFailure) {
          let started = try PipedStart(start)
          continuation.resume(returning: nil)
          var loop = PipeLoop(
            started, process, wakeUp: process.wakeUp, wall: wall, grace: grace, output: output, errors: errors)
          process.finish(loop.run())
        } catch {
          continuation.resume(returning: error)
        }
      }
      // A limit on what may be written stays with the thread: never one that others use later.
      if start.confinement?.writableDirectory == nil {
        onThreadOfItsOwn(body)
      } else if !startThread(body) {
        continuation.resume(returning: ProcessStartFailure(program: start.program, code: EAGAIN))
      }
    }
    if let failure { throw failure }
    return process
  }

  /// Gives it input, and waits while too much of it is not yet written.
  ///
  /// One task at a time may do so.
  ///
  /// - Returns: false where it takes no more input, which its end explains.
  package func write(_ bytes: [UInt8]) async -> Bool {
    await withCheckedContinuation { continuation in
      let answer: Bool? = state.withLock { state in
        guard state.input.isOpen, state.stop == nil, state.end == nil else { return false }
        state.input.append(bytes)
        if state.input.pending < Self.mostPendingInput { return true }
        state.writer = continuation
        return nil
      }
      wakeUp.ring()
      if let answer { continuation.resume(returning: answer) }
    }
  }

  /// Says that there is no more input.
  package func closeInput() {
    state.withLock { $0.input.isComplete = true }
    wakeUp.ring()
  }

  /// Does something while the process's wall time stands still, since it can only wait for it.
  package func whileItWaits<Value>(_ body: () async throws -> Value) async rethrows -> Value {
    state.withLock { $0.isWaitingSince = SuspendingClock.now }
    defer {
      state.withLock { state in
        if let since = state.isWaitingSince { state.waited += SuspendingClock.now - since }
        state.isWaitingSince = nil
      }
      wakeUp.ring()
    }
    return try await body()
  }

  /// Has all of it ended: asks first, and kills what is still there after the grace.
  ///
  /// The first reason counts.
  package func stop(_ reason: ProcessStop) {
    let writer = state.withLock { state in
      if state.stop == nil { state.stop = reason }
      return state.takeWriter()
    }
    writer?.resume(returning: false)
    wakeUp.ring()
  }

  /// How it ended, as soon as all of its group is gone.
  package func end() async -> PipedEnd {
    await withCheckedContinuation { continuation in
      let end = state.withLock { state in
        if state.end == nil { state.waiters.append(continuation) }
        return state.end
      }
      if let end { continuation.resume(returning: end) }
    }
  }

  private func finish(_ end: PipedEnd) {
    let (writer, waiters) = state.withLock { state in
      state.end = end
      defer { state.waiters = [] }
      return (state.takeWriter(), state.waiters)
    }
    writer?.resume(returning: false)
    for waiter in waiters { waiter.resume(returning: end) }
  }
}

extension PipedProcess {
  /// What its loop has to do next.
  struct Work {
    let stop: ProcessStop?
    let hasInput: Bool
    let isInputComplete: Bool
    /// How long `whileItWaits` has taken, and nil where it does so now.
    let waited: Duration?
  }

  /// What there is to do.
  var work: Work {
    state.withLock { state in
      Work(
        stop: state.stop, hasInput: state.input.pending > 0, isInputComplete: state.input.isComplete,
        waited: state.isWaitingSince == nil ? state.waited : nil)
    }
  }

  /// Writes input until the pipe is full; false where nobody reads it any more.
  func writeInput(to descriptor: Int32) -> Bool {
    let (isRead, writer) = state.withLock { state in
      let isRead = state.input.write(to: descriptor)
      return (isRead, isRead && state.input.pending < Self.mostPendingInput / 2 ? state.takeWriter() : nil)
    }
    writer?.resume(returning: true)
    return isRead
  }

  /// How many bytes of input were written.
  var writtenInput: Int { state.withLock { $0.input.written } }

  /// Takes no more input.
  func endInput() {
    let writer = state.withLock { state in
      state.input.isOpen = false
      return state.takeWriter()
    }
    writer?.resume(returning: false)
  }
}
