internal import GRDB
import PrepaperDomain
import PrepaperJSON

extension Attempt {
  /// The attempt of a row of `attempts`.
  init(_ row: Row) {
    number = row["attempt"]
    worker = row["worker"]
    startedAt = UTCTimestamp(milliseconds: row["started_at"])
    finishedAt = row.timestamp("finished_at")
    outcome = row["outcome"]
    errorCode = row["error_code"]
    errorMessage = row["error_message"]
    log = row["log"]
    progress = AttemptProgress(
      processID: row["pid"], stage: row["stage"], barsDone: row["bars_done"], barsTotal: row["bars_total"])
    if let processID = row["pid"] as Int32?, let peakMemory = row["peak_memory_bytes"] as Int64?,
      let cpuTime = row["cpu_ms"] as Int64?
    {
      end = ProcessEnd(
        processID: processID, exitStatus: row["exit_status"], signal: row["signal"], peakMemory: peakMemory,
        cpuTime: .milliseconds(cpuTime))
    } else {
      end = nil
    }
  }
}
