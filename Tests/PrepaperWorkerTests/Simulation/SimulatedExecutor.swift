import PrepaperDomain
import PrepaperQueue
import PrepaperWorker
import Synchronization

/// Executes attempts in simulated processes that succeed, fail, crash or hang as the seed decides.
struct SimulatedExecutor: AttemptExecutor {
  let simulation: Simulation
  let worker: SimulatedProcess
  let locks: SimulatedLocks
  let disk: SimulatedDisk
  let processes: ProcessesOfRuns
  /// How many in a hundred do not succeed.
  let troublePerHundred: Int

  func execute(
    _ claim: Claim, lock: (any AttemptLock)?, observe: @escaping @Sendable (AttemptProgress) -> Void
  ) async -> Execution {
    let process = SimulatedProcess(simulation)
    let run = claim.request.runID
    if let lock { locks.inherit(lock.name, process) }
    if !processes.start(process, run) { disk.note(breach: "two processes run \(run) at once") }
    let answer = Answer()
    process.whenDead { answer.give(.failure(RunError(.killed, "killed"))) }
    // The pipe breaks when the worker dies, and the process ends itself soon after.
    worker.whenDead { [simulation, weak process] in
      _ = simulation.after(.milliseconds(simulation.pick(50))) { [weak process] in process?.kill() }
    }
    process.start { await live(claim, process, answer) }
    observe(AttemptProgress(processID: 1))
    return Execution(
      await withTaskCancellationHandler {
        await answer.value()
      } onCancel: {
        answer.give(.failure(CancellationError()))
        process.kill()
      })
  }

  func discard(_ runID: RunID, attempt: Int64, artifactsRoot: String) async throws {
    await Task.yield()
    disk.discard(runID, attempt)
    await Task.yield()
  }

  private func live(_ claim: Claim, _ process: SimulatedProcess, _ answer: Answer) async {
    let (run, clock) = (claim.request.runID, SimulatedClock(simulation: simulation))
    do {
      // Long enough for a test to kill it before it is done.
      try await clock.sleep(for: .milliseconds(20 + simulation.pick(980)))
      let fate = simulation.pick(100)
      if fate < troublePerHundred {
        switch fate % 5 {
        case 0: answer.give(.failure(RunError(.storeBusy, "busy")))
        case 1: answer.give(.failure(RunError(.manifestInvalid, "bad")))
        case 2: process.kill()
        case 3: answer.give(.failure(RunError(.diskFull, "no room")))
        default: while true { try await clock.sleep(for: .seconds(3600)) }
        }
        return process.kill()
      }
      disk.writeSignals(run)
      await Task.yield()
      disk.stage(run, claim.attempt)
      await Task.yield()
      answer.give(
        .success(
          StagedAttempt(
            staging: FilesOnSimulatedDisk(disk: disk, run: run, attempt: claim.attempt), status: .success, reason: nil,
            isSynthetic: true, files: [])))
      process.kill()
    } catch {
      process.kill()
    }
  }
}

/// Which processes run which runs, dead or alive.
final class ProcessesOfRuns: Sendable {
  private let processes = Mutex<[RunID: [SimulatedProcess]]>([:])

  /// Notes a new process; false where another one of the run lives.
  func start(_ process: SimulatedProcess, _ run: RunID) -> Bool {
    processes.withLock { processes in
      let alive = (processes[run] ?? []).filter { !$0.isDead }
      processes[run] = alive + [process]
      return alive.isEmpty
    }
  }

  /// The processes that live.
  var alive: [SimulatedProcess] {
    processes.withLock { $0.sorted { $0.key.description < $1.key.description }.flatMap(\.value).filter { !$0.isDead } }
  }
}

/// What an attempt's process answers, once.
private final class Answer: Sendable {
  private struct State {
    var result: Result<StagedAttempt, any Error>?
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func give(_ result: Result<StagedAttempt, any Error>) {
    state.withLock { state in
      if state.result == nil { state.result = result }
      defer { state.waiting = nil }
      return state.waiting
    }?.resume()
  }

  func value() async -> Result<StagedAttempt, any Error> {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.result == nil { state.waiting = continuation }
        return state.result != nil
      }
      if isThere { continuation.resume() }
    }
    return state.withLock { $0.result } ?? .failure(CancellationError())
  }
}
