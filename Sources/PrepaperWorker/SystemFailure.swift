internal import Glibc
import PrepaperDomain
import PrepaperSQLite

/// A failed system call of a worker, as an error of the run; a full disk passes, and so does a limit.
func systemFailure(_ action: String, _ path: String, errno code: Int32 = errno) -> RunError {
  let reason = unsafe String(cString: strerror(code))
  switch code {
  case ENOSPC, EDQUOT: return RunError(.diskFull, "cannot \(action) \(path): \(reason); make room")
  case EROFS: return RunError(.readOnly, "cannot \(action) \(path): \(reason); mount it to be written")
  case EMFILE, ENFILE, ENOMEM, EAGAIN:
    return RunError(
      .outOfResources, "cannot \(action) \(path): \(reason); the machine or a limit of the worker is at its end")
  default: return RunError(.cannotWrite, "cannot \(action) \(path): \(reason)")
  }
}

extension Error {
  /// Whether a worker waits for it to pass, and does not give up.
  ///
  /// - The queue is locked, or its disk is full or may not be written.
  /// - A lock cannot be made: these are all the codes of a failed system call. Attempts that run beside it need no new
  ///   lock, and must not end with it.
  var passes: Bool {
    switch self {
    case let failure as SQLiteFailure:
      switch failure.kind {
      case .busy, .diskFull, .readOnly: true
      case .cannotOpen, .corrupt, .constraint, .other: false
      }
    case let error as RunError:
      switch error.code {
      case .cannotWrite, .diskFull, .readOnly, .outOfResources: true
      default: false
      }
    default: false
    }
  }
}
