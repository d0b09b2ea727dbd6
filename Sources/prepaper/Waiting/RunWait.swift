import PrepaperDomain
import PrepaperQueue

/// Waits until runs have come to their end.
struct RunWait {
  /// What was waited for: the runs as they are now, and why the wait ended without them, if it did.
  struct Result {
    let runs: [JobDetails]
    let failure: CommandFailure?

    /// What the command exits with; nil for 0.
    var status: ExitStatus? { failure?.status ?? ExitStatus(ofEnded: runs.map(\.job)) }
  }

  let store: JobStore
  let runIDs: [RunID]
  /// Whether one that has ended is enough.
  var isAnyEnough = false
  let limit: Duration?

  /// Waits, and reads how the runs ended: all of them, or the first.
  ///
  /// - Throws: `JobStoreError` with `no_such_run`; `SQLiteFailure`.
  func result() async throws -> Result {
    do {
      let told = try await QueueWait(store, upTo: limit).answer { try ended() }
      return Result(runs: try told.map { try store.details($0) }, failure: nil)
    } catch let end as WaitEnd {
      let open = try store.jobs(runIDs).filter { !$0.state.isFinal }
      return Result(runs: try runIDs.map { try store.details($0) }, failure: end.failure(open))
    }
  }

  /// The runs to tell of, once enough have ended.
  private func ended() throws -> [RunID]? {
    let jobs = try store.jobs(runIDs)
    let ended = jobs.filter(\.state.isFinal)
    if isAnyEnough {
      let first = ended.min { ($0.finishedAt ?? $0.submittedAt) < ($1.finishedAt ?? $1.submittedAt) }
      return first.map { [$0.request.runID] }
    }
    return ended.count == jobs.count ? runIDs : nil
  }
}
