internal import CLinux
internal import Glibc

/// What a process is started with: it gets all of this, and nothing else.
package struct ProcessStart: Sendable {
  /// The path of the program's file.
  package var program: String
  /// What it is given, one by one: no shell ever sees them.
  package var arguments: [String]
  /// Its environment.
  package var environment: [String: String]
  /// The directory in which it starts; nil for that of this process.
  package var directory: String?
  /// Descriptors of this process, by the number under which it gets them.
  ///
  /// Its standard input, output and error are `/dev/null` where they are not named.
  package var descriptors: [Int32: Int32]
  /// What it is held to, if anything.
  package var confinement: Confinement?

  /// A start with these parts.
  package init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], directory: String? = nil,
    descriptors: [Int32: Int32] = [:], confinement: Confinement? = nil
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.descriptors = descriptors
    self.confinement = confinement
  }

  /// Starts it in a process group of its own, with no signal ignored or blocked.
  ///
  /// One that is confined is to be started on a thread that lives as long as the process is to, and does nothing else:
  /// it is held to the same directory.
  package func start() throws(ProcessStartFailure) -> StartedProcess {
    if let directory = confinement?.writableDirectory {
      do throws(WriteLimit.Failure) {
        try WriteLimit(directory: directory).takeOnThisThread()
      } catch {
        throw ProcessStartFailure(program: directory, code: error.code)
      }
    }
    var copies: [Int32] = []
    defer { for copy in copies { close(copy) } }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    try unsafe prepare(&actions, &copies)

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    // This process handles or ignores signals that others must not ignore.
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)

    let command = [program] + arguments
    let words = confinement?.words(command) ?? command
    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var started: pid_t = 0
    let code = unsafe Self.withCStrings(words) { arguments in
      unsafe Self.withCStrings(variables) { variables in
        unsafe posix_spawn(&started, words[0], &actions, &attributes, arguments, variables)
      }
    }
    guard code == 0 else { throw failure(code) }
    return StartedProcess(processID: started)
  }

  /// Has the process get its descriptors, and no other.
  private func prepare(
    _ actions: inout posix_spawn_file_actions_t, _ copies: inout [Int32]
  ) throws(ProcessStartFailure) {
    let last = max(STDERR_FILENO, descriptors.keys.max() ?? STDERR_FILENO)
    var codes: [Int32] = []
    for number in 0...last {
      guard var source = descriptors[number] else {
        codes.append(
          number > STDERR_FILENO
            ? unsafe posix_spawn_file_actions_addclose(&actions, number)
            : unsafe posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0))
        continue
      }
      if source <= last {
        // Above all numbers, so that none is overwritten before it is used.
        source = fcntl(source, F_DUPFD_CLOEXEC, last + 1)
        guard source >= 0 else { throw failure(errno) }
        copies.append(source)
      }
      codes.append(unsafe posix_spawn_file_actions_adddup2(&actions, source, number))
    }
    codes.append(unsafe posix_spawn_file_actions_addclosefrom_np(&actions, last + 1))
    if let directory { codes.append(unsafe posix_spawn_file_actions_addchdir_np(&actions, directory)) }
    for code in codes where code != 0 { throw failure(code) }
  }

  private func failure(_ code: Int32) -> ProcessStartFailure {
    ProcessStartFailure(program: program, code: code, isConfined: confinement != nil)
  }

  private static func withCStrings<Value>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    var copies = unsafe strings.map { unsafe strdup($0) }
    defer { while let copy = unsafe copies.popLast() { unsafe free(copy) } }
    return unsafe body(copies + [nil])
  }
}
