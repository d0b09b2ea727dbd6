import Glibc
import Logging

/// Writes log lines to stderr as they are, what belongs to them in brackets behind: journald adds the time.
struct StderrLogHandler: LogHandler {
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]

  init(level: Logger.Level) {
    logLevel = level
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let details = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    let label =
      switch event.level {
      case .trace, .debug, .info, .notice: ""
      case .warning: "warning: "
      case .error, .critical: "error: "
      }
    let line = Array("\(label)\(event.message)\(details.isEmpty ? "" : " [\(details)]")\n".utf8)
    // One call for the whole line, so that lines of several processes do not mix.
    _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
