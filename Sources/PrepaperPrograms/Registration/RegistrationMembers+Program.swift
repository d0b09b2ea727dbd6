internal import Glibc
internal import PrepaperDomain
import PrepaperJSON

extension RegistrationMembers {
  /// The command under `command`.
  ///
  /// - Throws: `RegistrationError` where it is none, or the program cannot be trusted: it must be a regular file that
  ///   may be executed and that not everybody may write, and so must every argument that is a file's absolute path
  ///   (which a script's is).
  func command() throws(RegistrationError) -> ProgramCommand {
    guard let words = try texts("command") else {
      throw missing("command", "a list of the program's absolute path and its arguments")
    }
    guard let path = words.first, path.hasPrefix("/") else {
      throw invalid("command", "must begin with the absolute path of a program")
    }
    guard words.allSatisfy({ !$0.utf8.contains(0) }) else { throw invalid("command", "has a NUL in it") }
    let command = ProgramCommand(path: path, arguments: Array(words.dropFirst()))
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw invalid("command", "\(path) is not there: \(unsafe String(cString: strerror(errno)))")
    }
    guard status.st_mode & S_IFMT == S_IFREG, unsafe access(path, X_OK) == 0 else {
      throw invalid("command", "\(path) is not a file that may be executed")
    }
    for file in command.files {
      var status = stat()
      guard unsafe stat(file, &status) == 0, status.st_mode & S_IWOTH == 0 else {
        throw invalid("command", "everybody may write \(file), so anybody could change what it does; chmod o-w it")
      }
    }
    return command
  }

  /// The limits under `limits`, each with its default.
  func limits() throws(RegistrationError) -> ProgramLimits {
    var limits = ProgramLimits()
    guard let members = try object("limits", known: ["cpu_seconds", "memory_mib", "wall_seconds"]) else {
      return limits
    }
    if let seconds = try members.integer("cpu_seconds", in: 1...86_400) { limits.cpu = .seconds(seconds) }
    if let size = try members.integer("memory_mib", in: 16...1_048_576) { limits.memoryMiB = Int(size) }
    if let seconds = try members.integer("wall_seconds", in: 1...86_400) { limits.wall = .seconds(seconds) }
    return limits
  }
}
