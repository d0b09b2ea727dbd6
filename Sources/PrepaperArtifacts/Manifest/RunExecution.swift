import PrepaperDomain
package import PrepaperJSON

/// Who executes a run, and where: handed in from the program's edge, written to `run_meta.json`.
package struct RunExecution: Hashable, Sendable {
  /// The job and its attempt; nil for a run outside the queue.
  package let jobID, attempt: Int64?
  /// The worker's name; nil outside the queue.
  package let worker: String?
  /// The machine's name.
  package let host: String
  /// The process.
  package let processID: Int32
  /// Versions of prepaper, SQLite and the operating system, by name.
  package let versions: [String: String]

  /// An execution of these parts.
  package init(
    jobID: Int64?, attempt: Int64?, worker: String?, host: String, processID: Int32, versions: [String: String]
  ) {
    self.jobID = jobID
    self.attempt = attempt
    self.worker = worker
    self.host = host
    self.processID = processID
    self.versions = versions
  }

  /// The execution as `run_meta.json` has it.
  package var json: JSONValue {
    .object([
      "job_id": jobID.map(JSONValue.integer) ?? .null,
      "attempt": attempt.map(JSONValue.integer) ?? .null,
      "worker": worker.map(JSONValue.string) ?? .null,
      "host": .string(host),
      "pid": .integer(Int64(processID)),
      "versions": .object(versions.mapValues(JSONValue.string)),
    ])
  }
}
