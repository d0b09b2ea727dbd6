internal import Glibc
internal import PrepaperDomain
import PrepaperJSON

extension JSONMembers {
  /// The command under `command`.
  ///
  /// - Throws: `JSONFault` where it is none, or the program cannot be trusted: it must be a regular file that
  ///   may be executed and that not everybody may write, and so must every argument that is a file's absolute path
  ///   (which a script's is).
  func command() throws(JSONFault) -> ProgramCommand {
    let words = try texts("command", allowsEmpty: true)
    guard let path = words.first, path.hasPrefix("/") else {
      throw fault("command", "must begin with the absolute path of a program")
    }
    guard words.allSatisfy({ !$0.utf8.contains(0) }) else { throw fault("command", "has a NUL in it") }
    let command = ProgramCommand(path: path, arguments: Array(words.dropFirst()))
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw fault("command", "\(path) is not there: \(unsafe String(cString: strerror(errno)))")
    }
    guard status.st_mode & S_IFMT == S_IFREG, unsafe access(path, X_OK) == 0 else {
      throw fault("command", "\(path) is not a file that may be executed")
    }
    for file in command.files {
      var status = stat()
      guard unsafe stat(file, &status) == 0, status.st_mode & S_IWOTH == 0 else {
        throw fault("command", "everybody may write \(file), so anybody could change what it does; chmod o-w it")
      }
    }
    return command
  }

  /// The limits under `limits`, each with its default.
  func limits() throws(JSONFault) -> ProgramLimits {
    let names = ["cpu_seconds", "memory_mib", "wall_seconds"]
    var limits = ProgramLimits()
    guard let members = try optionalObject("limits", optional: names) else { return limits }
    if let seconds = try members.optionalInteger("cpu_seconds", in: 1...86_400) { limits.cpu = .seconds(seconds) }
    if let size = try members.optionalInteger("memory_mib", in: 16...1_048_576) { limits.memoryMiB = size }
    if let seconds = try members.optionalInteger("wall_seconds", in: 1...86_400) { limits.wall = .seconds(seconds) }
    return limits
  }
}
