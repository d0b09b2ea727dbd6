/// What a service can tell the manager that started it; `sd_notify(3)` lists the assignments behind it.
package enum NotifyState: Sendable, Equatable {
  /// Start-up is over: units ordered after this one may start.
  case ready
  /// One line for people, shown by `systemctl status`.
  ///
  /// - Each control character becomes a space: a newline would start another assignment
  /// - Text over 1,000 UTF-8 bytes is cut between two characters
  case status(String)
  /// A sign of life, due before each `WatchdogInterval` is over.
  case watchdog
  /// Shutdown has begun.
  case stopping

  /// The assignment as it stands in the datagram, without a newline.
  var assignment: String {
    switch self {
    case .ready: "READY=1"
    case .status(let text): "STATUS=\(Self.oneLine(text))"
    case .watchdog: "WATCHDOG=1"
    case .stopping: "STOPPING=1"
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
