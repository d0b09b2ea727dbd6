import Logging

/// Hands each message of a logger on.
struct WordsHandler: LogHandler {
  let say: @Sendable (String) -> Void
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.trace

  init(_ say: @escaping @Sendable (String) -> Void) {
    self.say = say
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { say("\(event.message)") }
}
