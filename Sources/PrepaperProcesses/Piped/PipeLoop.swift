internal import Glibc

/// The thread beside a process: moves its input, output and errors, keeps its time, and ends its group.
struct PipeLoop {
  private static let pieceSize = 1 << 16

  private let started: StartedProcess
  private let process: PipedProcess
  private let wakeUp: WakeUp
  private let wall: Duration?
  private let grace: Duration
  private let takeOutput: PipedProcess.OutputHandler
  private let takeErrors: PipedProcess.ErrorHandler
  private let startedAt = SuspendingClock.now

  /// Descriptors, -1 once they are closed.
  private var inputPipe, outputPipe, errorPipe, endWatch: Int32
  private var inputRead = 0
  private var inputLook = Duration.milliseconds(1)
  private var hasAsked = false
  private var killAt: SuspendingClock.Instant?
  private var refuseAt: SuspendingClock.Instant?
  private var leaveAt: SuspendingClock.Instant?
  private var piece = [UInt8](repeating: 0, count: pieceSize)

  init(
    _ start: PipedStart, _ process: PipedProcess, wakeUp: WakeUp, wall: Duration?, grace: Duration,
    output: @escaping PipedProcess.OutputHandler, errors: @escaping PipedProcess.ErrorHandler
  ) {
    started = start.process
    (inputPipe, outputPipe, errorPipe, endWatch) = (start.input, start.output, start.errors, start.end)
    self.process = process
    self.wakeUp = wakeUp
    self.wall = wall
    self.grace = grace
    takeOutput = output
    takeErrors = errors
  }

  /// Works until the process has ended and its output is read.
  mutating func run() -> PipedEnd {
    blockPipeSignal()
    while endWatch >= 0 || outputPipe >= 0 || errorPipe >= 0 {
      let task = process.work
      let now = SuspendingClock.now
      if let leaveAt, now >= leaveAt { break }
      if endWatch >= 0 { keepTime(task, now) }
      if inputPipe >= 0, task.stop != nil { closeInput() }
      var wait = inputPipe >= 0 && task.isInputComplete && !task.hasInput ? closeReadInput() : nil
      for instant in [killAt, refuseAt, leaveAt, endWatch >= 0 ? wallEnd(task) : nil] {
        if let instant { wait = min(wait ?? .seconds(3600), instant - now) }
      }
      poll(for: wait, hasInput: task.hasInput)
    }
    for descriptor in [inputPipe, outputPipe, errorPipe, endWatch] where descriptor >= 0 { close(descriptor) }
    takeErrors([])
    return PipedEnd(exit: started.wait(), stop: process.work.stop)
  }

  /// Asks and kills where it is time to.
  private mutating func keepTime(_ task: PipedProcess.Work, _ now: SuspendingClock.Instant) {
    var stop = task.stop
    if stop == nil, let end = wallEnd(task), now >= end {
      process.stop(.wallTime)
      stop = .wallTime
    } else if stop == nil, let refuseAt, now >= refuseAt {
      process.stop(.refused)
      stop = .refused
    }
    if stop != nil, !hasAsked {
      hasAsked = true
      refuseAt = nil
      started.signalGroup(SIGTERM)
      // One that is stopped takes a signal only when it goes on.
      started.signalGroup(SIGCONT)
      killAt = now + grace
    }
    if let time = killAt, now >= time {
      killAt = nil
      started.signalGroup(SIGKILL)
    }
  }

  /// When its time is over; nil while it stands still, and once it was asked to end.
  private func wallEnd(_ task: PipedProcess.Work) -> SuspendingClock.Instant? {
    guard let wall, task.stop == nil, let waited = task.waited else { return nil }
    return startedAt + wall + waited
  }

  /// Closes the input once the process has read all of it, and says when to look again where it has not.
  ///
  /// A pipe does not tell that it is empty. It is kept open until then because only an open one can be asked how much
  /// the process has read.
  private mutating func closeReadInput() -> Duration? {
    if readInput() == process.writtenInput {
      closeInput()
      return nil
    }
    inputLook = min(inputLook * 2, .milliseconds(20))
    return inputLook
  }

  /// How many bytes of its input the process has read.
  private mutating func readInput() -> Int {
    guard inputPipe >= 0 else { return inputRead }
    var unread: Int32 = 0
    let code = unsafe withUnsafeMutablePointer(to: &unread) { unsafe ioctl(inputPipe, UInt(FIONREAD), $0) }
    if code == 0 { inputRead = process.writtenInput - Int(unread) }
    return inputRead
  }

  private mutating func closeInput() {
    _ = readInput()
    close(inputPipe)
    inputPipe = -1
    process.endInput()
  }

  private mutating func poll(for wait: Duration?, hasInput: Bool) {
    var watched = [
      pollfd(fd: wakeUp.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: outputPipe, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errorPipe, events: Int16(POLLIN), revents: 0),
      pollfd(fd: inputPipe, events: hasInput ? Int16(POLLOUT) : 0, revents: 0),
      pollfd(fd: endWatch, events: Int16(POLLIN), revents: 0),
    ]
    // Rounded up: what is a little early is looked at again and again.
    let milliseconds = wait.map { Int32(clamping: Int64((max(.zero, $0) / .milliseconds(1)).rounded(.up))) } ?? -1
    guard unsafe Glibc.poll(&watched, nfds_t(watched.count), milliseconds) > 0 else { return }
    if watched[0].revents != 0 { wakeUp.clear() }
    if watched[2].revents != 0 { readErrors() }
    // Output before the input's end: how much was read is then still known to the last byte.
    if watched[1].revents != 0 { readOutput() }
    if inputPipe >= 0, watched[3].revents != 0 {
      if watched[3].revents & Int16(POLLERR) != 0 || !process.writeInput(to: inputPipe) { closeInput() }
    }
    if watched[4].revents != 0 { leaderHasEnded() }
  }

  private mutating func readOutput() {
    let count = unsafe read(outputPipe, &piece, piece.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    if count <= 0 {
      close(outputPipe)
      outputPipe = -1
    }
    // What comes after it was asked to end is nobody's.
    guard process.work.stop == nil else { return }
    guard takeOutput(Array(piece.prefix(max(0, count))), readInput()) else {
      if count > 0 { process.stop(.refused) } else { refuseAt = SuspendingClock.now + grace }
      return
    }
  }

  private mutating func readErrors() {
    let count = unsafe read(errorPipe, &piece, piece.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    guard count > 0 else {
      close(errorPipe)
      errorPipe = -1
      return
    }
    takeErrors(piece[..<count])
  }

  /// Kills what the process has left running; what it printed before is still read.
  private mutating func leaderHasEnded() {
    close(endWatch)
    endWatch = -1
    started.signalGroup(SIGKILL)
    (killAt, refuseAt) = (nil, nil)
    // A process that has left the group may hold the pipes open for ever.
    leaveAt = SuspendingClock.now + .seconds(1)
    if inputPipe >= 0 { closeInput() }
  }

  /// A process that reads no more is an answer of `write`, not the end of this process.
  private func blockPipeSignal() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
