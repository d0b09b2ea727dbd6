internal import PrepaperDomain
internal import PrepaperQueue
internal import Synchronization

/// The attempts that a worker lives through, as it knows them itself.
final class RunningAttempts: Sendable {
  /// An attempt's place in the queue.
  struct Key: Hashable, Comparable {
    let jobID, attempt: Int64

    static func < (left: Key, right: Key) -> Bool {
      (left.jobID, left.attempt) < (right.jobID, right.attempt)
    }
  }

  private struct State {
    var running: [Key: (run: RunID, stage: String?)] = [:]
    /// Those whose outcome could not be recorded: the queue shows them until somebody takes them back.
    var givenUp: Set<Key> = []
    var suspects: Set<Key> = []
  }

  private let state = Mutex(State())

  func began(_ claim: Claim) {
    state.withLock { $0.running[claim.key] = (claim.request.runID, nil) }
  }

  func reached(_ stage: String?, _ claim: Claim) {
    state.withLock { if $0.running[claim.key] != nil { $0.running[claim.key]?.stage = stage } }
  }

  func ended(_ claim: Claim, isRecorded: Bool) {
    state.withLock { state in
      state.running[claim.key] = nil
      if !isRecorded { state.givenUp.insert(claim.key) }
    }
  }

  /// The runs in the order in which they were submitted, three of them by name: `R1 (attempt 1, signals), R2 …`.
  var words: String? {
    let running = state.withLock { $0.running.sorted { $0.key < $1.key } }
    guard !running.isEmpty else { return nil }
    let names = running.prefix(3).map { key, attempt in
      "\(attempt.run) (attempt \(key.attempt)\(attempt.stage.map { ", \($0)" } ?? ""))"
    }
    return names.joined(separator: ", ") + (running.count > 3 ? " and \(running.count - 3) more" : "")
  }

  /// An attempt that the queue says this worker runs, and that it knows nothing of, twice in a row; once, it may just
  /// have begun.
  func unknown(among attempts: [RunningAttempt]) -> RunningAttempt? {
    state.withLock { state in
      let seen = Set(attempts.map(\.key))
      state.givenUp.formIntersection(seen)
      let suspects = seen.subtracting(state.running.keys).subtracting(state.givenUp)
      defer { state.suspects = suspects }
      return attempts.first { suspects.contains($0.key) && state.suspects.contains($0.key) }
    }
  }
}

extension Claim {
  fileprivate var key: RunningAttempts.Key { RunningAttempts.Key(jobID: jobID, attempt: attempt) }
}

extension RunningAttempt {
  fileprivate var key: RunningAttempts.Key { RunningAttempts.Key(jobID: jobID, attempt: attempt) }
}
