internal import Glibc
import PrepaperDomain

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
