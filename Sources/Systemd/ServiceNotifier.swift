import CSystemd
internal import Glibc

/// The line from a service to the manager that started it, over the socket that `NOTIFY_SOCKET` names.
///
/// libsystemd looks the socket up on each call, so a process that nobody supervises can send as freely as a service.
package struct ServiceNotifier: Sendable {
  /// Opens nothing: a socket is there only while a call sends.
  package init() {}

  /// Sends the states in one datagram, which the manager takes in as a whole.
  ///
  /// - Returns: whether a manager was listening; `false` means that `NOTIFY_SOCKET` is not set and nothing was sent.
  /// - Throws: `ServiceManagerError` when the socket is named but does not take the datagram.
  @discardableResult
  package func send(_ states: NotifyState...) throws(ServiceManagerError) -> Bool { try send(states) }

  /// The same, with states that were put together before.
  @discardableResult
  package func send(_ states: [NotifyState]) throws(ServiceManagerError) -> Bool {
    let assignments = states.map(\.assignment)
    let result = unsafe sd_notify(0, assignments.joined(separator: "\n"))
    guard result >= 0 else {
      throw ServiceManagerError(attempt: "send \(assignments.joined(separator: ", "))", code: -result)
    }
    return result > 0
  }
}

/// What a service can tell the manager that started it; `sd_notify(3)` lists the assignments behind it.
package enum NotifyState: Sendable, Equatable {
  /// Start-up is over: units ordered after this one may start. After `reloading`, that is over.
  case ready
  /// The service takes its settings over anew; `at` is CLOCK_MONOTONIC, as `MonotonicTime.now` gives it.
  case reloading(at: Duration)
  /// One line for people, shown by `systemctl status`.
  ///
  /// - Each control character becomes a space: a newline would start another assignment
  /// - Text over 1,000 UTF-8 bytes is cut between two characters
  case status(String)
  /// A sign of life, due before each `WatchdogInterval` is over.
  case watchdog
  /// Something is wrong that only a new start mends: the manager does as if the sign of life had not come.
  case watchdogTrigger
  /// Shutdown has begun.
  case stopping
  /// What goes on now, a start or a stop, may take this much longer from now on.
  case extendTimeout(Duration)

  /// The assignments as they stand in the datagram, without a newline at the end.
  var assignment: String {
    switch self {
    case .ready: "READY=1"
    case .reloading(let time): "RELOADING=1\nMONOTONIC_USEC=\(time.microseconds)"
    case .status(let text): "STATUS=\(Self.oneLine(text))"
    case .watchdog: "WATCHDOG=1"
    case .watchdogTrigger: "WATCHDOG=trigger"
    case .stopping: "STOPPING=1"
    case .extendTimeout(let duration): "EXTEND_TIMEOUT_USEC=\(duration.microseconds)"
    }
  }

  // systemd drops a datagram of more than 4,096 bytes whole, a READY=1 in it included.
  private static let statusByteLimit = 1_000

  private static func oneLine(_ text: String) -> String {
    var line = ""
    var byteCount = 0
    for character in text {
      let cleaned = withoutControls(character)
      byteCount += cleaned.utf8.count
      guard byteCount <= statusByteLimit else { break }
      line += cleaned
    }
    return line
  }

  private static func withoutControls(_ character: Character) -> String {
    var cleaned = String.UnicodeScalarView()
    for scalar in character.unicodeScalars {
      cleaned.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return String(cleaned)
  }
}

extension Duration {
  fileprivate var microseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }
}

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

/// The clock by which systemd orders a service's reloads: CLOCK_MONOTONIC, the time since the machine's start.
package enum MonotonicTime {
  /// The time now.
  package static var now: Duration {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}

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
