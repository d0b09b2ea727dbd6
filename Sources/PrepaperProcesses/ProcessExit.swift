internal import Glibc

/// How a process ended, and what it took.
///
/// Both status and signal are nil where somebody else has taken notice of the end.
package struct ProcessExit: Hashable, Sendable {
  /// Its exit status, where it exited.
  package let exitStatus: Int32?
  /// The signal that ended it, where one did.
  package let signal: Int32?
  /// Its largest resident memory in bytes, or that of one of its children that have ended.
  package let peakMemory: Int64
  /// The CPU time of it and of its children that have ended.
  package let cpuTime: Duration

  /// Takes notice of the end of a child of this process, and waits for it.
  init(of processID: Int32) {
    var status: Int32 = 0
    var usage = rusage()
    var found = unsafe wait4(processID, &status, 0, &usage)
    while found < 0, errno == EINTR { found = unsafe wait4(processID, &status, 0, &usage) }
    let number = status & 0x7f
    exitStatus = found == processID && number == 0 ? (status >> 8) & 0xff : nil
    signal = found == processID && number != 0 ? number : nil
    peakMemory = Int64(usage.ru_maxrss) * 1024
    cpuTime = usage.ru_utime.duration + usage.ru_stime.duration
  }
}

extension timeval {
  fileprivate var duration: Duration { .seconds(tv_sec) + .microseconds(tv_usec) }
}
