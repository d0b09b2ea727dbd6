internal import PrepaperQueue
internal import Synchronization

/// How far an attempt has come, until somebody records it.
final class LatestProgress: Sendable {
  private struct State {
    var latest = AttemptProgress()
    var isNew = false
    var lastTaken: Duration?
  }

  private let state = Mutex(State())

  /// Notes it; says whether it is the first of all.
  func note(_ progress: AttemptProgress) -> Bool {
    state.withLock { state in
      let isFirst = state.latest == AttemptProgress()
      state.latest = progress
      state.isNew = true
      return isFirst
    }
  }

  /// What is to be recorded, or nil where it is recorded already.
  func take() -> AttemptProgress? {
    state.withLock { state in
      guard state.isNew else { return nil }
      state.isNew = false
      return state.latest
    }
  }

  /// The same, once in a second at most; the first second of an attempt passes without.
  func takeIfDue(at elapsed: Duration) -> AttemptProgress? {
    state.withLock { state in
      guard let last = state.lastTaken else {
        state.lastTaken = elapsed
        return nil
      }
      guard state.isNew, elapsed - last >= .seconds(1) else { return nil }
      state.lastTaken = elapsed
      state.isNew = false
      return state.latest
    }
  }
}
