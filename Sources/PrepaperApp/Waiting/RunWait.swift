package import PrepaperDomain
package import PrepaperQueue

/// Waits until runs have come to their end.
package struct RunWait {
  /// What was waited for: the runs as they are now, and why the wait ended without them, if it did.
  package struct Result {
    /// The runs as they are now.
    package let runs: [JobDetails]
    /// Why the wait ended without them; nil where it did not.
    package let failure: AppError?
  }

  private let store: JobStore
  private let runIDs: [RunID]
  private let isAnyEnough: Bool
  private let limit: Duration?

  /// A wait for runs of a queue.
  ///
  /// - Parameters:
  ///   - isAnyEnough: whether one that has ended is enough.
  ///   - limit: how long it waits at most; nil for ever.
  package init(for runIDs: [RunID], in store: JobStore, isAnyEnough: Bool = false, upTo limit: Duration?) {
    self.store = store
    self.runIDs = runIDs
    self.isAnyEnough = isAnyEnough
    self.limit = limit
  }

  /// Waits, and reads how the runs ended: all of them, or the first.
  ///
  /// - Throws: `JobStoreError` with `no_such_run`; `SQLiteFailure`.
  package func result() async throws -> Result {
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
