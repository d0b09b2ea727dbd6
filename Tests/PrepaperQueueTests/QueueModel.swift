import PrepaperDomain
import PrepaperQueue

/// What a queue should do, in a few lines of memory: the yardstick for the one on disk.
struct QueueModel {
  /// What is compared of a job after each step.
  struct Row: Hashable {
    let name: String
    let priority: Int
    let maxTries: Int
    var state = JobState.queued
    var attempt: Int64 = 0
    var tries = 0
    var worker: String?
    var leaseUntil: UTCTimestamp?
    var runAt: UTCTimestamp?
    var result: RunStatus?
  }

  private(set) var rows: [Row] = []

  /// Whether the job is new.
  mutating func submit(_ name: String, priority: Int, maxTries: Int) -> Bool {
    guard !rows.contains(where: { $0.name == name }) else { return false }
    rows.append(Row(name: name, priority: priority, maxTries: maxTries))
    return true
  }

  /// Which job the worker gets, and its attempt.
  mutating func claim(_ worker: String, lease: Duration, now: UTCTimestamp) -> (name: String, attempt: Int64)? {
    for index in rows.indices {
      if let runAt = rows[index].runAt, runAt <= now {
        rows[index].state = .queued
        rows[index].runAt = nil
      }
      if let end = rows[index].leaseUntil, end <= now {
        letGo(index, rows[index].tries < rows[index].maxTries ? .queued : .failed)
      }
    }
    let waiting = rows.indices.filter { rows[$0].state == .queued }
    guard let next = waiting.max(by: { (rows[$0].priority, $1) < (rows[$1].priority, $0) }) else { return nil }
    rows[next].state = .running
    rows[next].attempt += 1
    rows[next].tries += 1
    rows[next].worker = worker
    rows[next].leaseUntil = now + lease
    return (rows[next].name, rows[next].attempt)
  }

  /// Whether the attempt was the current one.
  mutating func renew(_ name: String, _ attempt: Int64, lease: Duration, now: UTCTimestamp) -> Bool {
    guard let index = current(name, attempt) else { return false }
    rows[index].leaseUntil = now + lease
    return true
  }

  /// The state that the job is in then, or nil where the attempt was not the current one.
  mutating func finish(_ name: String, _ attempt: Int64, _ outcome: AttemptOutcome, now: UTCTimestamp) -> JobState? {
    guard let index = current(name, attempt) else { return nil }
    switch outcome {
    case .succeeded(let run):
      letGo(index, .succeeded)
      rows[index].result = run.status
    case .failed(let error, let delay) where error.code.isTransient && rows[index].tries < rows[index].maxTries:
      letGo(index, .scheduled)
      rows[index].runAt = now + delay
    case .failed:
      letGo(index, .failed)
    case .cancelled:
      letGo(index, .cancelled)
    case .released:
      letGo(index, .queued)
      rows[index].tries -= 1
    }
    return rows[index].state
  }

  /// Whether the job could be retried.
  mutating func retry(_ name: String, force: Bool) -> Bool {
    guard let index = rows.firstIndex(where: { $0.name == name }), rows[index].state.isFinal else { return false }
    guard force || rows[index].result != .success else { return false }
    rows[index].state = .queued
    rows[index].tries = 0
    rows[index].result = nil
    return true
  }

  private func current(_ name: String, _ attempt: Int64) -> Int? {
    rows.firstIndex { $0.name == name && $0.state == .running && $0.attempt == attempt }
  }

  private mutating func letGo(_ index: Int, _ state: JobState) {
    rows[index].state = state
    rows[index].worker = nil
    rows[index].leaseUntil = nil
  }
}

extension QueueModel.Row {
  /// The same of a job on disk.
  init(_ job: Job) {
    self.init(
      name: job.request.runID.description, priority: job.priority, maxTries: job.maxTries, state: job.state,
      attempt: job.attempt, tries: job.tries, worker: job.worker, leaseUntil: job.leaseUntil, runAt: job.runAt,
      result: job.result)
  }
}
