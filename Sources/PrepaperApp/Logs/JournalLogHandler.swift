import Logging
import PrepaperWorker
import Systemd

/// Writes log lines to the journal, what belongs to them as fields: `run_id` is `PREPAPER_RUN_ID`.
struct JournalLogHandler: LogHandler {
  private let level: Current<Logger.Level>
  var metadata: Logger.Metadata = [:]

  init(level: Current<Logger.Level>) {
    self.level = level
  }

  var logLevel: Logger.Level {
    get { level.value }
    set { level.replace(with: newValue) }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }.sorted { $0.key < $1.key }
    let line = LogLine(event, metadata: metadata)
    let fields = all.map { (name: "PREPAPER_\($0.key.uppercased())", value: "\($0.value)") }
    do {
      try Journal.send(
        [("MESSAGE", line.text), ("PRIORITY", "\(event.level.priority)"), ("SYSLOG_IDENTIFIER", "prepaper")] + fields)
    } catch {
      // What the journal does not take must not be lost: standard error goes there by another way.
      line.write()
    }
  }
}

extension Logger.Level {
  /// The priority that the journal knows, as `syslog(3)` has it.
  fileprivate var priority: Int {
    switch self {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }
}
