package import Logging
import PrepaperWorker

/// Writes log lines to stderr as they are.
package struct StderrLogHandler: LogHandler {
  private let level: Current<Logger.Level>
  /// What belongs to every line.
  package var metadata: Logger.Metadata = [:]

  /// A handler whose level may change.
  init(level: Current<Logger.Level>) {
    self.level = level
  }

  /// A handler of one level.
  package init(level: Logger.Level) { self.init(level: Current(level)) }

  /// From which level on lines are written.
  package var logLevel: Logger.Level {
    get { level.value }
    set { level.replace(with: newValue) }
  }

  /// What belongs to every line under a key.
  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes a line.
  package func log(event: LogEvent) { LogLine(event, metadata: metadata).write() }
}
