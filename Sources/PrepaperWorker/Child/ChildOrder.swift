import PrepaperDomain
package import PrepaperJSON
package import PrepaperQueue

/// What a worker tells the process that runs an attempt: one JSON object on its standard input.
package struct ChildOrder: Hashable, Sendable {
  /// The row of the job, the attempt's number, and who claimed: for the run's records.
  package let jobID, attempt: Int64
  package let worker: String
  /// What to run.
  package let request: JobRequest
  /// How to run it.
  package let settings: ChildSettings

  init(_ claim: Claim, _ settings: ChildSettings) {
    jobID = claim.jobID
    attempt = claim.attempt
    worker = claim.worker
    request = claim.request
    self.settings = settings
  }

  /// The object.
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "job_id": .integer(jobID), "attempt": .integer(attempt), "worker": .string(worker), "request": request.json,
    ]
    members["max_memory_mib"] = settings.maxMemory.map { .integer(Int64($0)) }
    members["nice"] = settings.nice.map { .integer(Int64($0)) }
    members["log_level"] = settings.logLevel.map { .string($0) }
    members["journals"] = .bool(settings.journals)
    return .object(members)
  }

  /// The order in an object, or nil where it is none.
  ///
  /// - Throws: `JobStoreError` where its request is none.
  package init?(_ json: JSONValue) throws(JobStoreError) {
    guard let jobID = json["job_id"]?.integerValue, let attempt = json["attempt"]?.integerValue,
      let worker = json["worker"]?.stringValue, let request = json["request"]
    else { return nil }
    self.jobID = jobID
    self.attempt = attempt
    self.worker = worker
    self.request = try JobRequest(request)
    settings = ChildSettings(
      maxMemory: json["max_memory_mib"]?.integerValue.map { Int($0) }, nice: json["nice"]?.integerValue.map { Int($0) },
      logLevel: json["log_level"]?.stringValue, journals: json["journals"] == .bool(true))
  }
}
