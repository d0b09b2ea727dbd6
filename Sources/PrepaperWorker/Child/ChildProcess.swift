internal import CLinux
internal import Dispatch
internal import Glibc
internal import PrepaperArtifacts
import PrepaperDomain
import PrepaperQueue
internal import Synchronization

/// A process that runs one attempt, in a process group of its own, from its start to the end of all that it started.
final class ChildProcess: Sendable {
  let processID: Int32
  private let messages: Int32
  private let tree: AttemptProcess
  private let state = Mutex(State())

  private struct State {
    var isStopped = false
    var hasEnded = false
  }

  /// Starts a program; its output goes to the log.
  ///
  /// - Parameters:
  ///   - order: what it reads on its standard input; less than a pipe holds.
  ///   - lock: the attempt's lock, if there is one.
  ///   - mark: a name that no other attempt's processes have in their environment.
  /// - Throws: `RunError`.
  init(
    program: String, arguments: [String], environment: [String: String], order: [UInt8], log: String,
    lock: (any AttemptLock)?, mark: String
  ) throws(RunError) {
    var descriptors: [Int32] = []
    defer { for descriptor in descriptors { close(descriptor) } }
    let output = unsafe open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard output >= 0 else { throw systemFailure("open the log", log) }
    descriptors.append(output)
    let input = try Self.pipe()
    descriptors += [input.read, input.write]
    let answer = try Self.pipe()
    descriptors.append(answer.write)
    _ = unsafe order.withUnsafeBytes { unsafe write(input.write, $0.baseAddress, $0.count) }

    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    // Every source is above the targets, so none is overwritten before it is used.
    var sources: [(Int32, Int32)] = [(input.read, 0), (output, 1), (output, 2), (answer.write, ChildDescriptors.messages)]
    if let lock { sources.append((lock.descriptor, ChildDescriptors.lock)) }
    for (source, target) in sources {
      let high = fcntl(source, F_DUPFD_CLOEXEC, 16)
      guard high >= 0 else {
        close(answer.read)
        throw systemFailure("start", program)
      }
      descriptors.append(high)
      unsafe posix_spawn_file_actions_adddup2(&actions, high, target)
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    // The worker handles or ignores signals that its children must not ignore.
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)

    var started: pid_t = 0
    let environment = environment.merging([AttemptProcess.variable: mark]) { _, own in own }
    let code = unsafe Self.withCStrings([program] + arguments) { arguments in
      unsafe Self.withCStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { variables in
        unsafe posix_spawn(&started, program, &actions, &attributes, arguments, variables)
      }
    }
    guard code == 0 else {
      close(answer.read)
      if [EAGAIN, ENOMEM, EMFILE, ENFILE].contains(code) { throw systemFailure("start", program, errno: code) }
      throw RunError(
        .killed, "cannot start the run's process \(program): \(unsafe String(cString: strerror(code)))")
    }
    processID = started
    messages = answer.read
    tree = AttemptProcess(processID: started, mark: mark)
  }

  /// Whether it was asked to stop.
  var isStopped: Bool { state.withLock { $0.isStopped } }

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
    state.withLock { $0.isStopped = true }
    signal(SIGTERM)
    // One that is stopped takes a signal only when it goes on.
    signal(SIGCONT)
    DispatchQueue.global().asyncAfter(deadline: .now() + grace.inSeconds) { [self] in signal(SIGKILL) }
  }

  private func signal(_ number: Int32) {
    state.withLock { if !$0.hasEnded { tree.signal(number) } }
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
    var information = unsafe siginfo_t()
    // Left as a zombie at first: as long as it is one, its group's number can be nobody else's.
    while unsafe waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return state.withLock { state in
      kill(-processID, SIGKILL)
      if state.isStopped { tree.signal(SIGKILL) }
      var status: Int32 = 0
      var usage = rusage()
      while unsafe wait4(processID, &status, 0, &usage) < 0, errno == EINTR {}
      state.hasEnded = true
      let signal = status & 0x7f
      // One that was killed could not end the programs that it ran, each of them in a group of its own.
      if signal != 0 { tree.signal(SIGKILL) }
      return ProcessEnd(
        processID: processID, exitStatus: signal == 0 ? (status >> 8) & 0xff : nil, signal: signal == 0 ? nil : signal,
        peakMemory: Int64(usage.ru_maxrss) * 1024, cpuTime: usage.ru_utime.duration + usage.ru_stime.duration)
    }
  }

  private static func pipe() throws(RunError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else { throw systemFailure("make", "a pipe") }
    return (ends[0], ends[1])
  }

  private static func withCStrings<Value>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    var copies = unsafe strings.map { unsafe strdup($0) }
    defer { while let copy = unsafe copies.popLast() { unsafe free(copy) } }
    return unsafe body(copies + [nil])
  }
}

extension timeval {
  fileprivate var duration: Duration { .seconds(tv_sec) + .microseconds(tv_usec) }
}
