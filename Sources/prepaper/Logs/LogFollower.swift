import PrepaperDomain
import PrepaperQueue
import Synchronization

/// Prints what the attempts of a run write to their logs, as it comes.
final class LogFollower: Sendable {
  private struct State {
    /// The attempt that is printed, or comes next.
    var number: Int64
    var log: AttemptLog?
    /// Why the log of the last attempt that has ended is not there.
    var failure: CommandFailure?
  }

  private let store: JobStore
  private let runID: RunID
  private let isOne: Bool
  private let print: @Sendable (Attempt, [UInt8]) -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - number: the attempt to begin with.
  ///   - isOne: whether to end with that.
  ///   - print: takes whole lines of an attempt.
  init(
    _ store: JobStore, _ runID: RunID, from number: Int64, isOne: Bool,
    print: @escaping @Sendable (Attempt, [UInt8]) -> Void
  ) {
    self.store = store
    self.runID = runID
    self.isOne = isOne
    self.print = print
    state = Mutex(State(number: number))
  }

  /// Prints what is new; says so once nothing more will come, else nil.
  ///
  /// - Throws: `CommandFailure` with exit code 66 where the last log is gone; `JobStoreError`, `SQLiteFailure`.
  func step() throws -> Bool? {
    // First the queue, then the files: what an attempt has written before it ended is not missed.
    let details = try store.details(runID)
    return try state.withLock { state in
      for attempt in details.attempts where attempt.number >= state.number {
        try printNews(of: attempt, &state)
        guard attempt.outcome != nil else { return nil }
        state.number = attempt.number + 1
        state.log = nil
        if isOne { return try end(state) }
      }
      return details.job.state.isFinal ? try end(state) : nil
    }
  }

  private func printNews(of attempt: Attempt, _ state: inout State) throws {
    var log = try state.log ?? AttemptLog(path: store.directory.log(attempt.log))
    let hasEnded = attempt.outcome != nil
    if let news = try log.read(isComplete: hasEnded) {
      if !news.isEmpty { print(attempt, news) }
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

extension CommandFailure {
  /// The log of an attempt is not there.
  static func logGone(_ attempt: Attempt, _ path: String) -> CommandFailure {
    CommandFailure(
      "log_missing",
      attempt.outcome == nil
        ? "attempt \(attempt.number) has not written its log \(path) yet; -f waits for it"
        : "attempt \(attempt.number) has left no log \(path)", .inputMissing)
  }
}
