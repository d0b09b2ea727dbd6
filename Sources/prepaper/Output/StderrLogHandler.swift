import Logging
import PrepaperWorker

/// Writes log lines to stderr as they are.
struct StderrLogHandler: LogHandler {
  private let level: Current<Logger.Level>
  var metadata: Logger.Metadata = [:]

  init(level: Current<Logger.Level>) {
    self.level = level
  }

  init(level: Logger.Level) { self.init(level: Current(level)) }

  var logLevel: Logger.Level {
    get { level.value }
    set { level.replace(with: newValue) }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { LogLine(event, metadata: metadata).write() }
}
