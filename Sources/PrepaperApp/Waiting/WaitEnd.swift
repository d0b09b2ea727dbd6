import Glibc
import PrepaperDomain
package import PrepaperQueue

/// Why a wait ends for something that has not come.
package enum WaitEnd: Error {
  /// The time is over that it was to wait.
  case timedOut(after: Duration)
  /// Somebody sent this signal.
  case interrupted(signal: Int32)

  /// The failure as the user sees it; nothing that was waited for is changed by it.
  ///
  /// - Parameter open: what has not come to its end.
  package func failure(_ open: [Job]) -> AppError {
    let rest = open.map { "\($0.request.runID) (\($0.state.rawValue))" }.joined(separator: ", ")
    switch self {
    case .timedOut(let limit):
      return AppError(
        "wait_timed_out", "waited for \(limit.inSeconds) s; still going on: \(rest)", .waitTimedOut)
    case .interrupted(let signal):
      return AppError(
        "interrupted", "interrupted; still going on: \(rest)", signal == SIGINT ? .interrupted : .terminated)
    }
  }
}
