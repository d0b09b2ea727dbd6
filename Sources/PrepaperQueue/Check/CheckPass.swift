internal import GRDB
import PrepaperJSON

/// One walk over the jobs of a queue, side by side with their events and attempts.
struct CheckPass {
  private let database: Database
  private var jobs: RowsAhead<CheckedJob>
  private var events: RowsAhead<QueueEvent>
  private var attempts: RowsAhead<CheckedAttempt>
  /// The run of each key of which one runs.
  private var running: [String: String] = [:]
  /// Jobs by state and ended attempts by outcome, named as in `counters`.
  private var counts: [String: Int] = [:]

  /// What was read so far.
  private(set) var jobCount = 0, eventCount = 0

  init(_ database: Database) throws {
    self.database = database
    jobs = try CheckedJob.all(in: database)
    events = try QueueEvent.all(in: database)
    attempts = try CheckedAttempt.all(in: database)
  }

  /// Walks on to the first breach, or to the end.
  mutating func firstBreach() throws -> QueueBreach? {
    while let job = try jobs.take() {
      jobCount += 1
      counts["jobs_\(job.state)", default: 0] += 1
      if let breach = try orphan(before: job.id) ?? breach(of: job) ?? keyBreach(of: job) { return breach }
    }
    return try orphan(before: .max) ?? heldBreach() ?? waitingBreach() ?? counterBreach()
  }

  /// An event or an attempt that belongs to no job.
  private func orphan(before id: Int64) -> QueueBreach? {
    if let event = events.next, event.jobID < id {
      return QueueBreach(
        rule: .orphan, runID: nil, attempt: event.attempt, message: "\(event.kind) of job \(event.jobID), which is gone"
      )
    }
    if let attempt = attempts.next, attempt.jobID < id {
      return QueueBreach(
        rule: .orphan, runID: nil, attempt: attempt.number, message: "it is of job \(attempt.jobID), which is gone")
    }
    return nil
  }

  /// Walks through the life of a job.
  private mutating func breach(of job: CheckedJob) throws -> QueueBreach? {
    var history = JobHistory()
    while let event = events.next, event.jobID == job.id {
      _ = try events.take()
      eventCount += 1
      let wasRunning = history.isRunning
      if let fault = history.take(event) { return QueueBreach(fault, job, attempt: event.attempt) }
      if !wasRunning, history.isRunning, let fault = rowFault(ofClaim: event) {
        return QueueBreach(fault, job, attempt: event.attempt)
      }
      if wasRunning, !history.isRunning {
        let row = try takeAttempt()
        guard let row, row.fits(endOfKind: event.kind) else {
          let outcome = row?.outcome ?? "open"
          return QueueBreach((.attemptRow, "its row is \(outcome), its end \(event.kind)"), job, attempt: event.attempt)
        }
        if row.outcome == "released" { history.giveTryBack() }
      }
    }
    if history.isRunning, let row = try takeAttempt(), let outcome = row.outcome {
      return QueueBreach((.attemptRow, "it runs, but its row is \(outcome)"), job, attempt: row.number)
    }
    if let row = attempts.next, row.jobID == job.id {
      return QueueBreach((.attemptRow, "it has a row, but was never claimed"), job, attempt: row.number)
    }
    return difference(of: job, from: history)
  }

  /// Whether the next row of `attempts` is not the one of a claim.
  private func rowFault(ofClaim event: QueueEvent) -> JobHistory.Fault? {
    guard let row = attempts.next, row.jobID == event.jobID, row.number == event.attempt else {
      return (.attemptRow, "it was claimed, but its row is missing, or one that was never claimed comes before it")
    }
    return row.worker == event.worker
      ? nil : (.attemptRow, "\(event.worker ?? "nobody") claimed it, its row names \(row.worker)")
  }

  private mutating func takeAttempt() throws -> CheckedAttempt? {
    let row = try attempts.take()
    if let outcome = row?.outcome { counts["attempts_\(outcome)", default: 0] += 1 }
    return row
  }

  private func difference(of job: CheckedJob, from history: JobHistory) -> QueueBreach? {
    let fault: JobHistory.Fault? =
      if !history.stage.states.contains(job.state) {
        (.state, "it is \(job.state), its history says \(history.stage.states.joined(separator: " or "))")
      } else if job.worker != history.worker {
        (.state, "it is run by \(job.worker ?? "nobody"), its history says \(history.worker ?? "nobody")")
      } else if job.isCancelRequested != history.isCancelRequested {
        (.state, "it is \(job.isCancelRequested ? "" : "not ")asked to stop, its history says otherwise")
      } else if job.attempt != history.attempt {
        (.attempt, "it is at attempt \(job.attempt), the last claim was \(history.attempt)")
      } else if job.tries != history.tries {
        (.tries, "it counts \(job.tries) tries, its history \(history.tries)")
      } else {
        nil
      }
    return fault.map { QueueBreach($0, job, attempt: nil) }
  }

  private mutating func keyBreach(of job: CheckedJob) -> QueueBreach? {
    guard job.state == JobState.running.rawValue, let key = job.key else { return nil }
    guard let other = running.updateValue(job.runID, forKey: key) else { return nil }
    return QueueBreach((.key, "it runs beside \(other), of the same key \(key)"), job, attempt: job.attempt)
  }

  /// Walks through the waiting jobs of each key.
  private func heldBreach() throws -> QueueBreach? {
    var waiting = try RowsAhead(
      Row.fetchCursor(
        database,
        sql: """
          SELECT concurrency_key, held, run_id FROM jobs WHERE concurrency_key IS NOT NULL AND state = 'queued'
          ORDER BY concurrency_key, priority DESC, id
          """
      ).map { (key: $0[0] as String, isHeld: $0[1] as Bool, runID: $0[2] as String) })
    while let first = waiting.next {
      var mayGo = 0
      while let job = waiting.next, job.key == first.key {
        if !job.isHeld { mayGo += 1 }
        _ = try waiting.take()
      }
      let expected = running[first.key] == nil ? 1 : 0
      if mayGo != expected {
        return QueueBreach(
          rule: .held, runID: first.runID, attempt: nil,
          message: "of the waiting jobs of key \(first.key), \(mayGo) may go, not \(expected)")
      }
    }
    return nil
  }

  private func waitingBreach() throws -> QueueBreach? {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT waiting.run_id, awaited.run_id, awaited.state FROM jobs AS waiting
        LEFT JOIN jobs AS awaited ON awaited.id = waiting.waits_for
        WHERE waiting.waits_for IS NOT NULL AND coalesce(awaited.state, 'gone')
          IN ('succeeded', 'failed', 'cancelled', 'gone') LIMIT 1
        """)
    return row.map {
      let (awaited, state) = ($0[1] as String? ?? "a job", $0[2] as String? ?? "gone")
      return QueueBreach(
        rule: .waiting, runID: $0[0], attempt: nil, message: "it still waits for \(awaited), which is \(state)")
    }
  }

  private func counterBreach() throws -> QueueBreach? {
    let names =
      JobState.allCases.map { "jobs_\($0.rawValue)" }
      + ["succeeded", "failed", "lost", "cancelled", "released"].map { "attempts_\($0)" }
    for name in names {
      let counted = counts[name] ?? 0
      let value = try Int.fetchOne(database, sql: "SELECT value FROM counters WHERE name = ?", arguments: [name])
      // Attempts go with the jobs that are pruned, what is counted of them stays.
      let isRight = value.map { name.hasPrefix("attempts_") ? $0 >= counted : $0 == counted } ?? false
      if !isRight {
        return QueueBreach(
          rule: .counters, runID: nil, attempt: nil,
          message: "counter \(name) is \(value.map(String.init) ?? "missing"), there are \(counted)")
      }
    }
    return nil
  }
}

extension QueueBreach {
  fileprivate init(_ fault: JobHistory.Fault, _ job: CheckedJob, attempt: Int64?) {
    self.init(rule: fault.rule, runID: job.runID, attempt: attempt, message: fault.words)
  }
}
