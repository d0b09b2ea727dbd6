import Glibc
import PrepaperDomain

/// A failed system call on a file, as an error of the run.
///
/// A full disk is transient: the run comes back when there is room.
func fileFailure(_ action: String, _ path: String, errno code: Int32 = errno) -> RunError {
  let reason = unsafe String(cString: strerror(code))
  switch code {
  case ENOSPC, EDQUOT:
    return RunError(.diskFull, "cannot \(action) \(path): \(reason); make room, and the run can be tried again")
  default:
    return RunError(.cannotWrite, "cannot \(action) \(path): \(reason)")
  }
}
