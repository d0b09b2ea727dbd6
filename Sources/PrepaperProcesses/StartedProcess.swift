internal import Glibc
internal import Synchronization

/// A process that was started, the first of a process group of its own.
///
/// Somebody has to wait for it. Until then its number and its group's are nobody else's, also when it has ended: no
/// signal of this type hits a stranger.
package final class StartedProcess: Sendable {
  /// Its number.
  package let processID: Int32
  private let exit = Mutex<ProcessExit?>(nil)

  init(processID: Int32) {
    self.processID = processID
  }

  /// Sends it a signal.
  package func signal(_ number: Int32) {
    beforeNumberIsFree { kill(processID, number) }
  }

  /// Sends a signal to all of its group.
  package func signalGroup(_ number: Int32) {
    beforeNumberIsFree { kill(-processID, number) }
  }

  /// Does something with its number, where nobody has taken notice of its end yet.
  package func beforeNumberIsFree(_ body: () -> Void) {
    exit.withLock { if $0 == nil { body() } }
  }

  /// Waits for its end, on a thread that may block; whoever asks again is told the same.
  ///
  /// - Parameters:
  ///   - endsGroup: whether what it has left of its group is killed.
  ///   - last: done once it has ended, while its number is not free yet.
  @discardableResult
  package func wait(endsGroup: Bool = true, _ last: () -> Void = {}) -> ProcessExit {
    var information = unsafe siginfo_t()
    // Left as a zombie at first: whoever sends a signal meanwhile must not hit another process.
    while unsafe waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return exit.withLock { exit in
      if let exit { return exit }
      if endsGroup { kill(-processID, SIGKILL) }
      last()
      let ended = ProcessExit(of: processID)
      exit = ended
      return ended
    }
  }
}
