internal import CLinux
internal import Glibc
internal import PrepaperDomain

/// A process that was just started, with this side's ends of its pipes, none of which blocks.
struct SpawnedProgram {
  let processID: Int32
  /// Where its input is written, its output and its errors are read, and its end is seen.
  let input, output, errors, end: Int32

  /// The programs that set limits and then become the program, so that none of its instructions runs without them.
  private static let setPrivileges = "/usr/bin/setpriv"
  private static let setLimits = "/usr/bin/prlimit"

  /// Starts a program in a process group of its own, in the directory `/`.
  ///
  /// To be called on a thread that lives as long as the process: the kernel kills the program when the thread dies,
  /// and so when this process does.
  ///
  /// - Throws: `RunError` with `out_of_resources` or `unexpected`.
  init(_ command: ProgramCommand, limits: ProgramLimits, environment: [String: String]) throws(RunError) {
    var opened: [Int32] = []
    var isStarted = false
    defer { if !isStarted { for descriptor in opened { close(descriptor) } } }
    var theirs: [Int32] = []
    defer { for descriptor in theirs { close(descriptor) } }
    for isInput in [true, false, false] {
      var ends: [Int32] = [0, 0]
      guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else { throw startFailure(command.path, errno) }
      let (own, other) = isInput ? (ends[1], ends[0]) : (ends[0], ends[1])
      opened.append(own)
      // Above all targets, so that none is overwritten before it is used.
      let high = fcntl(other, F_DUPFD_CLOEXEC, 16)
      let code = errno
      close(other)
      guard high >= 0 else { throw startFailure(command.path, code) }
      theirs.append(high)
      _ = fcntl(own, F_SETFL, O_NONBLOCK)
    }

    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (target, descriptor) in theirs.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
    }
    // Whoever holds an attempt's lock is the attempt, and a program is not: it gets these three and nothing else.
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    unsafe posix_spawn_file_actions_addchdir_np(&actions, "/")
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)

    let words = Self.words(command, limits)
    var started: pid_t = 0
    let code = unsafe Self.withCStrings(words) { words in
      unsafe Self.withCStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { variables in
        unsafe posix_spawn(&started, Self.setPrivileges, &actions, &attributes, words, variables)
      }
    }
    guard code == 0 else { throw startFailure(command.path, code) }
    let watched = pidfd_open(started, 0)
    guard watched >= 0 else {
      let code = errno
      kill(-started, SIGKILL)
      var status: Int32 = 0
      while unsafe waitpid(started, &status, 0) < 0, errno == EINTR {}
      throw startFailure(command.path, code)
    }
    isStarted = true
    processID = started
    (input, output, errors, end) = (opened[0], opened[1], opened[2], watched)
  }

  /// The command line: no more rights than this process has, an end with this process, limits, then the program.
  private static func words(_ command: ProgramCommand, _ limits: ProgramLimits) -> [String] {
    let cpu = allowed(RLIMIT_CPU, UInt64(max(1, limits.cpu.components.seconds)))
    let memory = allowed(RLIMIT_DATA, UInt64(limits.memoryMiB) << 20)
    return [
      setPrivileges, "--pdeathsig", "KILL", "--no-new-privs", "--",
      setLimits, "--core=0", "--cpu=\(cpu):\(allowed(RLIMIT_CPU, cpu + 1))", "--data=\(memory)", "--",
      command.path,
    ] + command.arguments
  }

  /// A limit, or this process's own where that is lower: nobody may raise one.
  private static func allowed(_ resource: __rlimit_resource, _ wanted: UInt64) -> UInt64 {
    var own = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(resource.rawValue), &own) == 0 else { return wanted }
    return min(wanted, UInt64(own.rlim_max))
  }

  private static func withCStrings<Value>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    var copies = unsafe strings.map { unsafe strdup($0) }
    defer { while let copy = unsafe copies.popLast() { unsafe free(copy) } }
    return unsafe body(copies + [nil])
  }
}

/// A program that could not be started, as an error of the run.
func startFailure(_ path: String, _ code: Int32) -> RunError {
  let reason = unsafe String(cString: strerror(code))
  if [EAGAIN, ENOMEM, EMFILE, ENFILE].contains(code) {
    return RunError(
      .outOfResources, "cannot start \(path): \(reason); the machine or a limit of this process is at its end")
  }
  return RunError(.unexpected, "cannot start \(path): \(reason); setpriv and prlimit of util-linux are needed for it")
}
