import Logging
import PrepaperWorker
import Systemd

/// Where a service logs to: with fields into the journal where its standard error goes there anyway, else to standard
/// error.
package enum ServiceLog {
  /// Whether the journal takes this process's standard error.
  package static func isJournal(_ environment: [String: String]) -> Bool {
    Journal.takesStandardError(stream: environment["JOURNAL_STREAM"])
  }

  /// A handler for that place.
  static func handler(level: Current<Logger.Level>, _ environment: [String: String]) -> any LogHandler {
    isJournal(environment) ? JournalLogHandler(level: level) : StderrLogHandler(level: level)
  }
}
