import PrepaperDomain
import PrepaperWorker
import Synchronization

/// The clock of a simulation's machine.
struct SimulatedClock: WorkerClock {
  let simulation: Simulation

  var now: UTCTimestamp { simulation.now }
  var elapsed: Duration { simulation.elapsed }

  func sleep(for duration: Duration) async throws {
    let sleep = Sleep()
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let timer = simulation.after(max(duration, .zero)) { sleep.end() }
        if !sleep.begin(continuation, timer) { simulation.takeBack(timer: timer) }
      }
    } onCancel: {
      if let timer = sleep.cancel() { simulation.takeBack(timer: timer) }
    }
    try Task.checkCancellation()
  }
}

/// One sleep, that its timer or a cancellation ends.
private final class Sleep: Sendable {
  private struct State {
    var continuation: CheckedContinuation<Void, Never>?
    var timer: Int?
    var isOver = false
  }

  private let state = Mutex(State())

  /// Whether it has begun; one that was cancelled before is over at once.
  func begin(_ continuation: CheckedContinuation<Void, Never>, _ timer: Int) -> Bool {
    let isOver = state.withLock { state in
      if !state.isOver {
        state.continuation = continuation
        state.timer = timer
      }
      return state.isOver
    }
    if isOver { continuation.resume() }
    return !isOver
  }

  func end() {
    state.withLock { state in
      state.isOver = true
      defer { state.continuation = nil }
      return state.continuation
    }?.resume()
  }

  func cancel() -> Int? {
    let timer = state.withLock { $0.timer }
    end()
    return timer
  }
}
