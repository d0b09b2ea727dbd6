import PrepaperDomain
import PrepaperQueue
import PrepaperWorker
import Synchronization

/// What the runs of a simulation leave: staged and published files, and signals.
final class SimulatedDisk: Sendable {
  struct Publication: Hashable {
    let run: RunID
    let attempt: Int64
  }

  private struct State {
    var staged: Set<Publication> = []
    var published: [RunID: Int64] = [:]
    var signals: [RunID: Int] = [:]
    var breaches: [String] = []
  }

  private let state = Mutex(State())
  private let queue: JobStore

  /// - Parameter queue: by which a publication is held against the queue.
  init(queue: JobStore) {
    self.queue = queue
  }

  var published: [RunID: Int64] { state.withLock { $0.published } }
  var staged: Set<Publication> { state.withLock { $0.staged } }
  var signals: [RunID: Int] { state.withLock { $0.signals } }
  var breaches: [String] { state.withLock { $0.breaches } }

  func note(breach: String) {
    state.withLock { $0.breaches.append(breach) }
  }

  func stage(_ run: RunID, _ attempt: Int64) {
    // An attempt that begins to write removes what earlier ones left.
    state.withLock { state in
      state.staged = state.staged.filter { $0.run != run || $0.attempt >= attempt }
      state.staged.insert(Publication(run: run, attempt: attempt))
    }
  }

  func writeSignals(_ run: RunID) {
    state.withLock { $0.signals[run] = 1 }
  }

  func discard(_ run: RunID, _ attempt: Int64) {
    state.withLock { _ = $0.staged.remove(Publication(run: run, attempt: attempt)) }
  }

  func publish(_ run: RunID, _ attempt: Int64) throws {
    let isStaged = state.withLock { $0.staged.remove(Publication(run: run, attempt: attempt)) != nil }
    guard isStaged else { throw RunError(.workerLost, "discarded") }
    let job = try queue.details(run).job
    if job.state != .running || job.attempt != attempt {
      note(breach: "attempt \(attempt) of \(run) was published while the job was \(job.state), attempt \(job.attempt)")
    }
    state.withLock { $0.published[run] = attempt }
  }
}

/// The staged files of one attempt.
struct FilesOnSimulatedDisk: StagedFiles {
  let disk: SimulatedDisk
  let run: RunID
  let attempt: Int64

  func publish() async throws -> String {
    // A process can be stopped or killed on both sides of the one rename.
    await Task.yield()
    try disk.publish(run, attempt)
    await Task.yield()
    return "/published/\(run)"
  }
}
