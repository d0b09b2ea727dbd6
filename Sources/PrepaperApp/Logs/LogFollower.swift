package import PrepaperDomain
package import PrepaperQueue
import Synchronization

/// Tells what the attempts of a run write to their logs, as it comes.
package final class LogFollower: Sendable {
  private struct State {
    /// The attempt that is told of, or comes next.
    var number: Int64
    var log: AttemptLog?
    /// Why the log of the last attempt that has ended is not there.
    var failure: AppError?
  }

  private let store: JobStore
  private let runID: RunID
  private let isOne: Bool
  private let tell: @Sendable (Attempt, [UInt8]) -> Void
  private let state: Mutex<State>

  /// Follows a run from an attempt on.
  ///
  /// - Parameters:
  ///   - number: the attempt to begin with.
  ///   - isOne: whether to end with that.
  ///   - tell: takes whole lines of an attempt.
  package init(
    _ store: JobStore, _ runID: RunID, from number: Int64, isOne: Bool,
    tell: @escaping @Sendable (Attempt, [UInt8]) -> Void
  ) {
    self.store = store
    self.runID = runID
    self.isOne = isOne
    self.tell = tell
    state = Mutex(State(number: number))
  }

  /// Tells what is new; says so once nothing more will come, else nil.
  ///
  /// - Throws: `AppError` with `inputMissing` where the last log is gone; `JobStoreError`, `SQLiteFailure`.
  package func step() throws -> Bool? {
    // First the queue, then the files: what an attempt has written before it ended is not missed.
    let details = try store.details(runID)
    return try state.withLock { state in
      for attempt in details.attempts where attempt.number >= state.number {
        try tellNews(of: attempt, &state)
        guard attempt.outcome != nil else { return nil }
        state.number = attempt.number + 1
        state.log = nil
        if isOne { return try end(state) }
      }
      return details.job.state.isFinal ? try end(state) : nil
    }
  }

  private func tellNews(of attempt: Attempt, _ state: inout State) throws {
    var log = try state.log ?? AttemptLog(path: store.directory.log(attempt.log))
    let hasEnded = attempt.outcome != nil
    if let news = try log.read(isComplete: hasEnded) {
      if !news.isEmpty { tell(attempt, news) }
      state.failure = nil
    } else if hasEnded {
      state.failure = .logGone(attempt, log.path)
    }
    state.log = log
  }

  private func end(_ state: State) throws -> Bool {
    if let failure = state.failure { throw failure }
    return true
  }
}
