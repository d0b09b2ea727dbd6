import Logging
import PrepaperWorker

/// Writes log lines to stderr as they are.
struct StderrLogHandler: LogHandler {
  private let level: Current<Logger.Level>
  /// What belongs to every line.
  var metadata: Logger.Metadata = [:]

  /// A handler whose level may change.
  init(level: Current<Logger.Level>) {
    self.level = level
  }

  /// A handler of one level.
  init(level: Logger.Level) { self.init(level: Current(level)) }

  /// From which level on lines are written.
  var logLevel: Logger.Level {
    get { level.value }
    set { level.replace(with: newValue) }
  }

  /// What belongs to every line under a key.
  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes a line.
  func log(event: LogEvent) { LogLine(event, metadata: metadata).write() }
}
