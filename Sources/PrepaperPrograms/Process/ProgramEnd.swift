internal import Glibc
internal import PrepaperDomain
package import PrepaperProcesses

/// How a program ended.
package struct ProgramEnd: Hashable, Sendable {
  let exit: ProcessExit
  /// Why it was ended, where it did not end by itself.
  package let stop: ProcessStop?
  /// The last lines of its standard error, safe to show.
  package let lastErrors: [String]

  /// Its exit status, or nil where a signal ended it.
  package var exitStatus: Int32? { exit.exitStatus }
  /// The signal that ended it.
  package var signal: Int32? { exit.signal }
  /// Whether it ended by itself, with status 0.
  package var isSuccess: Bool { stop == nil && exitStatus == 0 }

  /// What is wrong with the end, in words that follow the program's name; nil for a success.
  ///
  /// `ended with status 3`, `used up its 60 s of CPU time`.
  package func problem(_ limits: ProgramLimits? = nil) -> String? {
    if stop == .wallTime, let limits { return "took longer than its \(limits.wall.inWords)" }
    if let signal {
      // The kernel says SIGXCPU first, and kills one that goes on.
      if let limits, signal == SIGXCPU || (stop == nil && signal == SIGKILL && exit.cpuTime >= limits.cpu) {
        return "used up its \(limits.cpu.inWords) of CPU time"
      }
      if stop == nil { return "was ended by signal \(signal) (\(unsafe String(cString: strsignal(signal))))" }
    }
    if let exitStatus, exitStatus != 0 { return "ended with status \(exitStatus)" }
    return nil
  }

  /// What it said last, as the end of a message: `; the end of its stderr: …`.
  package var saidLast: String {
    lastErrors.isEmpty ? "" : "; the end of its stderr: " + lastErrors.joined(separator: " | ")
  }
}

extension Duration {
  /// `60 s`, `1.5 s`.
  fileprivate var inWords: String {
    inSeconds == inSeconds.rounded() ? "\(Int64(inSeconds)) s" : "\(inSeconds) s"
  }
}
