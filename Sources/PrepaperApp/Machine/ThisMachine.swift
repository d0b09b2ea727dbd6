import Glibc
import PrepaperArtifacts
import PrepaperSQLite

/// Facts about the machine and the process that a run records beside its definition.
enum ThisMachine {
  /// The machine's name.
  static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The record of an execution in this process.
  static func execution(jobID: Int64? = nil, attempt: Int64? = nil, worker: String? = nil) -> RunExecution {
    RunExecution(
      jobID: jobID, attempt: attempt, worker: worker, host: hostName, processID: getpid(),
      versions: [
        "prepaper": generatorVersion, "sqlite": SQLiteLibrary.version, "os": operatingSystem,
      ])
  }

  private static var operatingSystem: String {
    var names = utsname()
    guard unsafe uname(&names) == 0 else { return "unknown" }
    return unsafe withUnsafeBytes(of: names.release) { bytes in
      unsafe "Linux " + String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
