import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperWorker

extension Job {
  /// The job as `--json` shows it; what is not known yet is null.
  var json: [String: JSONValue] {
    var members = request.members
    members["id"] = .integer(id)
    members["state"] = .string(state.rawValue)
    members["priority"] = .integer(Int64(priority))
    members["attempt"] = .integer(attempt)
    members["tries"] = .integer(Int64(tries))
    members["max_attempts"] = .integer(Int64(maxTries))
    members["run_timeout"] = timeout.json
    members["concurrency_key"] = concurrencyKey.json
    members["after"] = (after?.description).json
    members["waiting"] = .bool(isWaiting)
    members["cancel_requested_at"] = cancelRequestedAt.json
    members["worker"] = worker.json
    members["lease_until"] = leaseUntil.json
    members["run_at"] = runAt.json
    members["result"] = (result?.rawValue).json
    members["reason"] = reason.json
    members["synthetic"] = isSynthetic.map(JSONValue.bool) ?? .null
    members["run_dir"] = runDirectory.json
    members["submitted_at"] = .string(submittedAt.rfc3339)
    members["started_at"] = startedAt.json
    members["finished_at"] = finishedAt.json
    members["error"] =
      errorCode.map { .object(["code": .string($0), "message": errorMessage.json]) } ?? .null
    return members
  }
}

extension JobDetails {
  /// The job with its files and its attempts; paths are absolute.
  ///
  /// - Parameter directory: the directory beside the queue.
  func json(_ directory: QueueDirectory) -> [String: JSONValue] {
    var members = job.json
    members["artifacts"] = .array(
      files.map { file in
        .object([
          "path": .string("\(job.runDirectory ?? "")/\(file.path)"), "bytes": .integer(Int64(file.bytes)),
          "sha256": .string(file.sha256),
        ])
      })
    members["attempts"] = .array(attempts.map { .object($0.json(directory)) })
    return members
  }
}

extension Attempt {
  fileprivate func json(_ directory: QueueDirectory) -> [String: JSONValue] {
    [
      "attempt": .integer(number), "worker": .string(worker), "started_at": .string(startedAt.rfc3339),
      "finished_at": finishedAt.json, "outcome": outcome.json,
      "error": errorCode.map { .object(["code": .string($0), "message": errorMessage.json]) } ?? .null,
      "log": .string(directory.file(log)), "pid": (end?.processID ?? progress.processID).json,
      "stage": progress.stage.json, "bars_done": progress.barsDone.json, "bars_total": progress.barsTotal.json,
      "exit_status": (end?.exitStatus).json, "signal": (end?.signal).json, "peak_memory_bytes": (end?.peakMemory).json,
      "cpu_ms": (end?.cpuTime).map { $0.microseconds / 1000 }.json,
    ]
  }
}

extension JobRequest {
  /// All that can be said about a run; null where nothing is, and false of what is said by being there.
  fileprivate var members: [String: JSONValue] {
    var members = Dictionary(uniqueKeysWithValues: RequestMember.allCases.map { ($0.key, JSONValue.null) })
    members[RequestMember.noProve.key] = .bool(false)
    let said = json
    for key in members.keys { members[key] = said[key] ?? members[key] }
    return members
  }
}
