import CSystemd

/// The time within which the service manager wants a sign of life (`WatchdogSec=` of the unit).
package enum WatchdogInterval {
  /// Asks libsystemd, which reads `WATCHDOG_USEC` and `WATCHDOG_PID`; send `.watchdog` every half of the answer.
  ///
  /// - Returns: `nil` when no watchdog is set, or when it is meant for another process.
  /// - Throws: `ServiceManagerError` when one of the variables is not a valid number.
  package static func fromEnvironment() throws(ServiceManagerError) -> Duration? {
    var microseconds: UInt64 = 0
    let result = unsafe sd_watchdog_enabled(0, &microseconds)
    guard result >= 0 else { throw ServiceManagerError(attempt: "read the watchdog interval", code: -result) }
    return result > 0 ? .microseconds(microseconds) : nil
  }
}
