import PrepaperDomain
import PrepaperTestSupport
import Synchronization

/// Runs the tasks of simulated processes one step at a time, in an order that a seed decides; time passes only when
/// nothing can run.
///
/// All of it happens on the thread that calls `run`, so the same seed is the same history.
final class Simulation: Sendable {
  private struct Step {
    let job: UnownedJob
    let process: SimulatedProcess
  }

  private struct Timer {
    let number: Int
    let due: Duration
    let wake: @Sendable () -> Void
  }

  private struct State {
    var random: SeededRandom
    var ready: [Step] = []
    var timers: [Timer] = []
    var nextTimer = 0
    var elapsed = Duration.zero
    var clockOffset = Duration.zero
    var timersFired = 0
  }

  private let state: Mutex<State>

  init(seed: UInt64) {
    state = Mutex(State(random: SeededRandom(seed: seed)))
  }

  /// The time that has passed.
  var elapsed: Duration { state.withLock { $0.elapsed } }

  /// How often time has passed up to a timer.
  var timersFired: Int { state.withLock { $0.timersFired } }

  /// The time of day, as somebody has set it.
  var now: UTCTimestamp { state.withLock { instant(0) + $0.elapsed + $0.clockOffset } }

  /// Sets the clock of the machine.
  func stepClock(by duration: Duration) {
    state.withLock { $0.clockOffset += duration }
  }

  /// A number of the seed, below a bound.
  func pick(_ count: Int) -> Int { state.withLock { $0.random.pick(count) } }

  func add(_ job: UnownedJob, of process: SimulatedProcess) {
    state.withLock { $0.ready.append(Step(job: job, process: process)) }
  }

  /// Calls after a time; the number takes it back.
  func after(_ duration: Duration, _ wake: @escaping @Sendable () -> Void) -> Int {
    state.withLock { state in
      state.nextTimer += 1
      state.timers.append(Timer(number: state.nextTimer, due: state.elapsed + duration, wake: wake))
      return state.nextTimer
    }
  }

  func takeBack(timer number: Int) {
    state.withLock { state in state.timers.removeAll { $0.number == number } }
  }

  /// Runs one step, or lets time pass up to the next timer; false where there is neither before the limit.
  func step(until limit: Duration) -> Bool {
    let next = state.withLock { state -> Step? in
      state.ready.removeAll { $0.process.isDead }
      let runnable = state.ready.indices.filter { !state.ready[$0].process.isStopped }
      guard !runnable.isEmpty else { return nil }
      return state.ready.remove(at: runnable[state.random.pick(runnable.count)])
    }
    if let next {
      unsafe next.job.runSynchronously(on: next.process.asUnownedTaskExecutor())
      return true
    }
    let due = state.withLock { state -> Timer? in
      guard let first = state.timers.min(by: { ($0.due, $0.number) < ($1.due, $1.number) }), first.due <= limit else {
        return nil
      }
      state.timers.removeAll { $0.number == first.number }
      state.elapsed = max(state.elapsed, first.due)
      state.timersFired += 1
      return first
    }
    due?.wake()
    return due != nil
  }

  /// Runs until a condition holds; false where it never does before the limit.
  @discardableResult
  func run(until limit: Duration, _ isOver: () throws -> Bool = { false }) rethrows -> Bool {
    while try !isOver() {
      guard step(until: limit) else {
        state.withLock { $0.elapsed = max($0.elapsed, limit) }
        return try isOver()
      }
    }
    return true
  }
}
