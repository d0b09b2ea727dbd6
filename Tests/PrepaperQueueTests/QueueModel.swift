import PrepaperDomain
import PrepaperQueue

/// What a queue should do, in a few lines of memory: the yardstick for the one on disk.
struct QueueModel {
  /// What is compared of a job after each step.
  struct Row: Hashable {
    let id: Int64
    let name: String
    let priority: Int
    let maxTries: Int
    let key: String?
    let after: String?
    var state = JobState.queued
    var attempt: Int64 = 0
    var tries = 0
    var worker: String?
    var leaseUntil: UTCTimestamp?
    var runAt: UTCTimestamp?
    var result: RunStatus?
    var isWaiting = false
    var cancelRequestedAt: UTCTimestamp?
    var finishedAt: UTCTimestamp?
  }

  private(set) var rows: [Row] = []
  private(set) var isPaused = false
  private var lastID: Int64 = 0

  /// Whether the job is new; nil where it is to run after one that is not there.
  mutating func submit(_ name: String, _ options: JobOptions, now: UTCTimestamp) -> Bool? {
    guard index(of: name) == nil else { return false }
    let after = options.after?.description
    let dependency = after.map(index(of:))
    if dependency == .some(nil) { return nil }
    lastID += 1
    var row = Row(
      id: lastID, name: name, priority: options.priority, maxTries: options.maxTries, key: options.concurrencyKey,
      after: after)
    row.isWaiting = dependency?.map { rows[$0].state != .succeeded } ?? false
    if let notBefore = options.notBefore, notBefore > now { row.runAt = notBefore }
    row.state = row.isWaiting || row.runAt != nil ? .scheduled : .queued
    rows.append(row)
    if let dependency = dependency ?? nil { tell(dependency, now: now) }
    return true
  }

  /// Which job the worker gets, and its attempt, once all that has been silent is taken back.
  mutating func claim(_ worker: String, lease: Duration, now: UTCTimestamp) -> (id: Int64, attempt: Int64)? {
    for row in rows {
      if let end = row.leaseUntil, end <= now { _ = takeBack(row.id, row.attempt, seenUntil: end, .silent, now: now) }
    }
    for index in rows.indices where !rows[index].isWaiting {
      if let runAt = rows[index].runAt, runAt <= now {
        rows[index].state = .queued
        rows[index].runAt = nil
      }
    }
    let keys = Set(rows.filter { $0.state == .running }.compactMap(\.key))
    let free = rows.indices.filter { rows[$0].state == .queued && !(rows[$0].key.map(keys.contains) ?? false) }
    guard !isPaused, let next = free.max(by: { (rows[$0].priority, $1) < (rows[$1].priority, $0) }) else { return nil }
    rows[next].state = .running
    rows[next].attempt += 1
    rows[next].tries += 1
    rows[next].worker = worker
    rows[next].leaseUntil = now + lease
    return (rows[next].id, rows[next].attempt)
  }

  /// Whether the attempt is to stop, or nil where it was not the current one.
  mutating func renew(_ id: Int64, _ attempt: Int64, lease: Duration, now: UTCTimestamp) -> Bool? {
    guard let index = current(id, attempt) else { return nil }
    rows[index].leaseUntil = now + lease
    return rows[index].cancelRequestedAt != nil
  }

  /// The state that the job is in then, or nil where the attempt was not the current one.
  mutating func finish(_ id: Int64, _ attempt: Int64, _ outcome: AttemptOutcome, now: UTCTimestamp) -> JobState? {
    guard let index = current(id, attempt) else { return nil }
    let isCancelled = rows[index].cancelRequestedAt != nil
    switch outcome {
    case .succeeded(let run):
      rows[index].result = run.status
      letGo(index, .succeeded, now: now)
    case .failed(let error, let delay) where error.code.isTransient && rows[index].tries < rows[index].maxTries:
      rows[index].runAt = isCancelled ? nil : now + delay
      letGo(index, isCancelled ? .cancelled : .scheduled, now: now)
    case .failed:
      letGo(index, .failed, now: now)
    case .deferred(_, let delay):
      rows[index].tries -= 1
      rows[index].runAt = isCancelled ? nil : now + delay
      letGo(index, isCancelled ? .cancelled : .scheduled, now: now)
    case .cancelled:
      letGo(index, .cancelled, now: now)
    case .released:
      rows[index].tries -= 1
      letGo(index, isCancelled ? .cancelled : .queued, now: now)
    }
    return rows[index].state
  }

  /// The state that the job is in then, or nil where the attempt keeps it, or was not the current one.
  mutating func takeBack(
    _ id: Int64, _ attempt: Int64, seenUntil: UTCTimestamp, _ reason: LossReason, now: UTCTimestamp
  ) -> JobState? {
    guard let index = current(id, attempt), reason == .died || rows[index].leaseUntil == seenUntil else { return nil }
    let hasTries = rows[index].tries < rows[index].maxTries
    letGo(index, rows[index].cancelRequestedAt != nil ? .cancelled : hasTries ? .queued : .failed, now: now)
    return rows[index].state
  }

  /// Whether the jobs could be cancelled.
  mutating func cancel(_ names: [String], now: UTCTimestamp) -> Bool {
    let before = rows
    for name in names {
      guard let index = index(of: name), ![.succeeded, .failed].contains(rows[index].state) else {
        rows = before
        return false
      }
      switch rows[index].state {
      case .running: rows[index].cancelRequestedAt = rows[index].cancelRequestedAt ?? now
      case .cancelled: break
      default: letGo(index, .cancelled, now: now)
      }
    }
    return true
  }

  /// Whether the jobs could be retried.
  mutating func retry(_ names: [String], force: Bool, now: UTCTimestamp) -> Bool {
    let before = rows
    let indices = names.compactMap(index(of:))
    guard indices.allSatisfy({ rows[$0].state.isFinal && (force || rows[$0].result != .success) }) else { return false }
    for index in Set(indices).sorted() where !requeue(index) {
      rows = before
      return false
    }
    return true
  }

  /// The names of the jobs that could be retried of all that have failed.
  mutating func retryFailed() -> [String] {
    rows.indices.filter { rows[$0].state == .failed }.filter { requeue($0) }.map { rows[$0].name }
  }

  mutating func pause() { isPaused = true }

  mutating func resume() { isPaused = false }

  /// How many jobs are gone.
  mutating func prune(endedBefore before: UTCTimestamp) -> Int {
    let count = rows.count
    rows.removeAll { $0.state.isFinal && $0.finishedAt.map { $0 < before } ?? false }
    return count - rows.count
  }

  private func index(of name: String) -> Int? { rows.firstIndex { $0.name == name } }

  private func current(_ id: Int64, _ attempt: Int64) -> Int? {
    rows.firstIndex { $0.id == id && $0.state == .running && $0.attempt == attempt }
  }

  private mutating func requeue(_ index: Int) -> Bool {
    let dependency = rows[index].after.flatMap(self.index(of:)).map { rows[$0].state }
    if dependency == .failed || dependency == .cancelled { return false }
    rows[index].isWaiting = dependency.map { $0 != .succeeded } ?? false
    rows[index].state = rows[index].isWaiting ? .scheduled : .queued
    rows[index].tries = 0
    rows[index].result = nil
    rows[index].finishedAt = nil
    return true
  }

  private mutating func letGo(_ index: Int, _ state: JobState, now: UTCTimestamp) {
    rows[index].state = state
    rows[index].worker = nil
    rows[index].leaseUntil = nil
    rows[index].cancelRequestedAt = nil
    if state.isFinal {
      rows[index].runAt = nil
      rows[index].isWaiting = false
      rows[index].finishedAt = now
      tell(index, now: now)
    }
  }

  /// Tells those that wait for a job what became of it.
  private mutating func tell(_ index: Int, now: UTCTimestamp) {
    let state = rows[index].state
    guard state.isFinal else { return }
    for other in rows.indices where rows[other].isWaiting && rows[other].after == rows[index].name {
      if state == .succeeded {
        rows[other].isWaiting = false
        if rows[other].runAt == nil { rows[other].state = .queued }
      } else {
        letGo(other, state, now: now)
      }
    }
  }
}

extension QueueModel.Row {
  /// The same of a job on disk.
  init(_ job: Job) {
    self.init(
      id: job.id, name: job.request.runID.description, priority: job.priority, maxTries: job.maxTries,
      key: job.concurrencyKey, after: job.after?.description, state: job.state, attempt: job.attempt, tries: job.tries,
      worker: job.worker, leaseUntil: job.leaseUntil, runAt: job.runAt, result: job.result, isWaiting: job.isWaiting,
      cancelRequestedAt: job.cancelRequestedAt, finishedAt: job.finishedAt)
  }
}
