import Glibc

/// Where this process writes to: data to the one, words for people to the other.
package enum StandardStream: Sendable {
  /// Data, for a pipe as well as for a terminal.
  case output
  /// Talk.
  case errors

  private var descriptor: Int32 {
    switch self {
    case .output: STDOUT_FILENO
    case .errors: STDERR_FILENO
    }
  }

  /// Writes at once, not when a buffer is full: a crash must not lose a line.
  package func write(_ bytes: [UInt8]) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // A reader that went away wants no more.
      guard count > 0 else { return }
      written += count
    }
  }

  /// Writes a line, in one piece.
  package func writeLine(_ text: String) { write(Array("\(text)\n".utf8)) }
}
