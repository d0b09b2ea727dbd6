internal import GRDB
import PrepaperDomain

extension Database {
  /// Ends the row of an attempt.
  func closeAttempt(
    _ job: Int64, _ attempt: Int64, outcome: String, code: String?, message: String?, end: ProcessEnd?,
    at now: UTCTimestamp
  ) throws {
    try cachedStatement(
      sql: """
        UPDATE attempts SET finished_at = ?, outcome = ?, error_code = ?, error_message = ?, pid = coalesce(?, pid),
          exit_status = ?, signal = ?, peak_memory_bytes = ?, cpu_ms = ?
        WHERE job_id = ? AND attempt = ? AND finished_at IS NULL
        """
    ).execute(arguments: [
      now.milliseconds, outcome, code, message, end?.processID, end?.exitStatus, end?.signal, end?.peakMemory,
      end.map { $0.cpuTime.components.seconds * 1000 + $0.cpuTime.components.attoseconds / 1_000_000_000_000_000 },
      job, attempt,
    ])
  }
}
