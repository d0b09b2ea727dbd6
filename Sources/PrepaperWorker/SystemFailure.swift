internal import Glibc
import PrepaperDomain

/// A failed system call of a worker, as an error of the run; a full disk is transient.
func systemFailure(_ action: String, _ path: String, errno code: Int32 = errno) -> RunError {
  let reason = unsafe String(cString: strerror(code))
  switch code {
  case ENOSPC, EDQUOT: return RunError(.diskFull, "cannot \(action) \(path): \(reason); make room")
  default: return RunError(.cannotWrite, "cannot \(action) \(path): \(reason)")
  }
}
