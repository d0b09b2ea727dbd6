import Glibc

/// A call to the service manager that libsystemd refused.
package struct ServiceManagerError: Error, Equatable, CustomStringConvertible {
  /// What was tried, as in "send READY=1".
  package let attempt: String
  /// The `errno` value that libsystemd gave back.
  package let code: CInt

  /// The attempt and the system's words for the code, in one line.
  package var description: String {
    let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "unknown error"
    return "cannot \(attempt): \(reason) (errno \(code))"
  }
}
