import Glibc
import PrepaperDomain
import PrepaperQueue

/// Why a command waits no longer for something that has not come.
enum WaitEnd: Error {
  /// The time is over that it was to wait.
  case timedOut(after: Duration)
  /// Somebody sent this signal.
  case interrupted(signal: Int32)

  /// The failure as the user sees it; nothing that was waited for is changed by it.
  ///
  /// - Parameter open: what has not come to its end.
  func failure(_ open: [Job]) -> CommandFailure {
    let rest = open.map { "\($0.request.runID) (\($0.state.rawValue))" }.joined(separator: ", ")
    switch self {
    case .timedOut(let limit):
      return CommandFailure(
        "wait_timed_out", "waited for \(limit.inSeconds) s; still going on: \(rest)", .waitTimedOut)
    case .interrupted(let signal):
      return CommandFailure(
        "interrupted", "interrupted; still going on: \(rest)", signal == SIGINT ? .interrupted : .terminated)
    }
  }
}
