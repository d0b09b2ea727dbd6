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
