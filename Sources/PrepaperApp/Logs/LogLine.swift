import Logging

/// A line of the log for people: the message, and what belongs to it in brackets behind.
struct LogLine {
  /// What programs ask for, and a reader sees from the lines around.
  private static let forPrograms: Set<String> = ["stage"]

  /// The line without its label.
  let text: String
  private let label: String

  /// - Parameter metadata: what belongs to every line of the logger.
  init(_ event: LogEvent, metadata: Logger.Metadata) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }.filter { !Self.forPrograms.contains($0.key) }
    let details = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    text = "\(event.message)\(details.isEmpty ? "" : " [\(details)]")"
    label =
      switch event.level {
      case .trace, .debug, .info, .notice: ""
      case .warning: "warning: "
      case .error, .critical: "error: "
      }
  }

  /// Writes it to standard error, in one call for the whole line, so that lines of several processes do not mix.
  func write() {
    StandardStream.errors.writeLine("\(label)\(text)")
  }
}
