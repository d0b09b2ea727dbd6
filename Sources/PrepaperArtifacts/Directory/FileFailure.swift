import Glibc
import PrepaperDomain

/// A failed system call on a file, as an error of the run.
///
/// A full disk is transient, and so is a file system that may not be written: the run comes back when it can be.
func fileFailure(_ action: String, _ path: String, errno code: Int32 = errno) -> RunError {
  let reason = unsafe String(cString: strerror(code))
  switch code {
  case ENOSPC, EDQUOT:
    return RunError(.diskFull, "cannot \(action) \(path): \(reason); make room, and the run can be tried again")
  case EROFS: return RunError(.readOnly, "cannot \(action) \(path): \(reason); mount it to be written")
  default:
    return RunError(.cannotWrite, "cannot \(action) \(path): \(reason)")
  }
}
