import CLinux
import Foundation
import Glibc
import Synchronization

/// A program under way, in a process group of its own; its output goes to files, so that a crash loses none of it.
///
/// Its end is what the kernel says: `Foundation.Process` waits for a socket that what the program starts inherits too,
/// and can miss the end of a program that was killed.
final class RunningProgram: Sendable {
  /// A program that could not be started.
  struct CannotStart: Error {
    let path: String
    let code: Int32
  }

  private let processID: pid_t
  /// The status that `waitpid` gave, once somebody has waited.
  private let status = Mutex<Int32?>(nil)
  private let output: URL
  private let errors: URL

  /// Starts it; without an input its standard input is empty.
  init(
    path: String, arguments: [String], environment: [String: String], directory: String, input: String? = nil
  ) throws {
    let folder = URL(fileURLWithPath: directory).appendingPathComponent("output-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    output = folder.appendingPathComponent("stdout")
    errors = folder.appendingPathComponent("stderr")
    for file in [output, errors] { try Data().write(to: file) }
    var source = "/dev/null"
    if let input {
      let file = folder.appendingPathComponent("stdin")
      try Data(input.utf8).write(to: file)
      source = file.path
    }
    processID = try Self.start(
      [path] + arguments, environment, directory: directory, [source, output.path, errors.path])
  }

  /// What it has said on stderr so far.
  var errorsSoFar: String {
    get throws { try String(contentsOf: errors, encoding: .utf8) }
  }

  /// What it has said on stdout so far.
  var outputSoFar: String {
    get throws { try String(contentsOf: output, encoding: .utf8) }
  }

  /// Whether it has not ended yet.
  var isRunning: Bool { status.withLock { $0 == nil } && Processes.isAlive(processID) }

  func send(_ signal: Int32) {
    // One that was waited for has a number that may be somebody else's by now.
    status.withLock { if $0 == nil { kill(processID, signal) } }
  }

  /// Waits for its end; a signal that ended it counts as 128 plus its number.
  func wait() throws -> ProgramResult {
    var information = unsafe siginfo_t()
    // Left as a zombie at first: whoever sends a signal meanwhile must not hit another process.
    while unsafe waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    let ended = status.withLock { status in
      if let status { return status }
      var number: Int32 = 0
      while unsafe waitpid(processID, &number, 0) < 0, errno == EINTR {}
      status = number
      return number
    }
    let signal = ended & 0x7f
    return ProgramResult(
      status: signal == 0 ? (ended >> 8) & 0xff : 128 + signal,
      output: try String(contentsOf: output, encoding: .utf8), errors: try errorsSoFar)
  }

  /// - Parameter files: what it reads, and what it writes to, by descriptor.
  private static func start(
    _ words: [String], _ environment: [String: String], directory: String, _ files: [String]
  ) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addchdir_np(&actions, directory)
    for (descriptor, file) in files.enumerated() {
      unsafe posix_spawn_file_actions_addopen(
        &actions, Int32(descriptor), file, descriptor == 0 ? O_RDONLY : O_WRONLY | O_APPEND, 0)
    }
    // A file that another test writes this moment could not be executed as long as it is open here.
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, Int32(files.count))
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
    var started: pid_t = 0
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      while let argument = unsafe arguments.popLast() { unsafe free(argument) }
      while let variable = unsafe variables.popLast() { unsafe free(variable) }
    }
    let code = unsafe posix_spawn(&started, words[0], &actions, &attributes, arguments, variables)
    guard code == 0 else { throw CannotStart(path: words[0], code: code) }
    return started
  }
}
