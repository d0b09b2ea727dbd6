internal import GRDB
package import PrepaperDomain
import PrepaperSQLite

extension JobStore {
  /// Adds a job, durable when this returns; the same request again gives the job that is there.
  ///
  /// - Returns: the job, and whether it is new.
  /// - Throws: `JobStoreError` with `request_conflict` where the run id belongs to another request; `SQLiteFailure`.
  package func submit(
    _ request: RunRequest, priority: Int, maxTries: Int, now: UTCTimestamp
  ) throws -> (job: Job, created: Bool) {
    try store.write { database in
      if let row = try row(of: request.runID, in: database) {
        let job = try Job(row)
        guard job.request == request, job.request.hasRoot(of: request) else {
          throw JobStoreError(
            .requestConflict,
            "run id \(request.runID) is taken by another request (\(job.request.difference(to: request))); nothing was "
              + "changed. Use another run id")
        }
        return (job, false)
      }
      var values: [String: (any DatabaseValueConvertible)?] = request.columns
      values["run_id"] = request.runID.description
      values["priority"] = priority
      values["max_tries"] = maxTries
      values["now"] = now.milliseconds
      try database.cachedStatement(
        sql: """
          INSERT INTO jobs (run_id, backtest_run_id, artifacts_root, session_mode, allow_unapproved, replay_date,
            window_from, window_to, state, priority, max_tries, queued_at, submitted_at)
          VALUES (:run_id, :backtest_run_id, :artifacts_root, :session_mode, :allow_unapproved, :replay_date,
            :window_from, :window_to, 'queued', :priority, :max_tries, :now, :now)
          """
      ).execute(arguments: StatementArguments(values))
      try database.note("submitted", job: database.lastInsertedRowID, attempt: 0, worker: nil, at: now)
      return (try job(request.runID, in: database), true)
    }
  }
}

extension RunRequest {
  /// Whether the roots are one directory: `==` takes two spellings of a character for one, the kernel does not.
  fileprivate func hasRoot(of other: RunRequest) -> Bool {
    artifactsRoot.utf8.elementsEqual(other.artifactsRoot.utf8)
  }

  /// Which parts of two requests differ, in words.
  fileprivate func difference(to other: RunRequest) -> String {
    var parts: [String] = []
    if backtestRunID != other.backtestRunID { parts.append("backtest \(backtestRunID), not \(other.backtestRunID)") }
    if !hasRoot(of: other) {
      parts.append("artifacts root \(artifactsRoot), not \(other.artifactsRoot)")
    }
    if window != other.window { parts.append("another window") }
    if sessionMode != other.sessionMode { parts.append("session mode \(sessionMode.rawValue)") }
    if allowUnapproved != other.allowUnapproved { parts.append("--allow-unapproved") }
    return parts.joined(separator: ", ")
  }
}
