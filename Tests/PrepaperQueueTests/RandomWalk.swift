import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
import Testing

/// One queue, its model, and workers and people that stumble through both.
struct RandomWalk {
  /// What the walks together must have come by.
  static let everything: Set<String> = [
    "submitted", "submitted again", "refused", "claimed", "claimed nothing", "renewed", "told to stop", "not renewed",
    "succeeded", "failed", "scheduled", "cancelled", "queued", "not finished", "lost: queued", "lost: failed",
    "lost: cancelled", "not lost", "cancelled jobs", "not cancelled", "retried", "not retried", "retried failed",
    "pruned",
  ]

  private static let lease = Duration.seconds(30)

  private let seed: UInt64
  private let queue: QueueFile
  private let stores: [JobStore]
  private let clock = ManualClock(instant(0))
  private var random: SeededRandom
  private var model = QueueModel()
  /// Every claim ever given, also those that are not good any more.
  private var claims: [Claim] = []
  /// Attempts as somebody saw them run, also those that do not any more.
  private var seen: [RunningAttempt] = []
  /// What each attempt came to: once at most.
  private var ends: [String: String] = [:]
  private var steps: [String] = []

  /// What the walk came by.
  private(set) var done: Set<String> = []

  init(seed: UInt64) throws {
    self.seed = seed
    random = SeededRandom(seed: seed)
    queue = try QueueFile()
    stores = [queue.one, queue.two, try openStore(queue.path)]
  }

  /// Does one thing on both, and compares.
  mutating func step() throws {
    switch number(0..<100) {
    case ..<18: try submit()
    case ..<42: try claim()
    case ..<49: try renew()
    case ..<66: try finish()
    case ..<69: try look()
    case ..<74: try takeBack()
    case ..<80: try cancel()
    case ..<86: try retry()
    case ..<88: try retryFailed()
    case ..<90: try pauseOrResume()
    case ..<91: try prune()
    case ..<98: move(by: number(1..<26))
    default: move(by: -number(1..<41))
    }
    let rows = try oneStore().jobs(state: nil, limit: 100).reversed().map(QueueModel.Row.init)
    try #require(rows == model.rows, comment)
  }

  /// What the file says of all attempts: one row each, one of them open where the job runs, none where it does not.
  func checkHistory() throws {
    for row in model.rows {
      let attempts = try queue.attempts(row.name)
      #expect(attempts.map(\.number) == Array(1..<(row.attempt + 1)), comment)
      let open = attempts.filter { $0.outcome == nil }
      #expect(open.map(\.number) == (row.state == .running ? [row.attempt] : []), comment)
      for attempt in attempts where attempt.outcome != nil {
        #expect(attempt.outcome == ends["\(row.id)/\(attempt.number)"] ?? "lost", comment)
      }
    }
    #expect(Set(claims.map { "\($0.jobID)/\($0.attempt)" }).count == claims.count, comment)
    let overview = try queue.two.overview()
    for state in JobState.allCases {
      #expect(overview.counts[state] == model.rows.count { $0.state == state }, comment)
    }
    #expect((overview.pausedSince != nil) == model.isPaused, comment)
    #expect(try queue.breach() == nil, comment)
  }

  private mutating func submit() throws {
    let name = anyName()
    let options = JobOptions(
      priority: number(0..<2), maxTries: number(1..<4),
      notBefore: number(0..<4) == 0 ? clock.now + .seconds(number(-5..<30)) : nil,
      after: try anyDependency().map(runID),
      concurrencyKey: number(0..<2) == 0 ? "key-\(number(0..<2))" : nil)
    note("submit \(name) \(options)")
    let store = oneStore()
    let created = try unless(.noSuchRun) { try store.submit(request(name), options, now: clock.now).created }
    try #require(created == model.submit(name, options, now: clock.now), comment)
    done.insert(created.map { $0 ? "submitted" : "submitted again" } ?? "refused")
  }

  private mutating func claim() throws {
    let worker = "w\(number(1..<3))"
    let claim = try oneStore().claimNext(worker: worker, lease: Self.lease, now: clock.now)
    note("\(worker) claims: \(claim.map { "\($0.request.runID)/\($0.attempt)" } ?? "nothing")")
    let expected = model.claim(worker, lease: Self.lease, now: clock.now)
    try #require(claim?.jobID == expected?.id, comment)
    try #require(claim?.attempt == expected?.attempt, comment)
    if let claim { claims.append(claim) }
    done.insert(claim == nil ? "claimed nothing" : "claimed")
  }

  private mutating func renew() throws {
    guard let claim = claims.suffix(6).randomElement(using: &random) else { return }
    note("renew \(claim.request.runID)/\(claim.attempt)")
    let store = oneStore()
    let isToStop = try unless(.leaseLost) { try store.renew(claim, lease: Self.lease, now: clock.now) }
    try #require(isToStop == model.renew(claim.jobID, claim.attempt, lease: Self.lease, now: clock.now), comment)
    try #require(try store.isToStop(claim) == isToStop ?? true, comment)
    done.insert(isToStop.map { $0 ? "told to stop" : "renewed" } ?? "not renewed")
  }

  private mutating func finish() throws {
    let outcomes = [
      (published(), "succeeded"), (published(.noSignals), "succeeded"), (transient(after: 10), "failed"),
      (transient(after: 40), "failed"), (permanent, "failed"), (.cancelled, "cancelled"), (.released, "released"),
      (.deferred(RunError(.diskFull, "no room"), for: .seconds(15)), "released"),
    ]
    guard
      let claim = claims.suffix(6).randomElement(using: &random),
      let (outcome, end) = outcomes.randomElement(using: &random)
    else { return }
    note("finish \(claim.request.runID)/\(claim.attempt): \(outcome)")
    let store = oneStore()
    let state = try unless(.leaseLost) { try store.finish(claim, outcome, now: clock.now) }
    try #require(state == model.finish(claim.jobID, claim.attempt, outcome, now: clock.now), comment)
    if state != nil { try #require(ends.updateValue(end, forKey: "\(claim.jobID)/\(claim.attempt)") == nil, comment) }
    done.insert(state?.rawValue ?? "not finished")
  }

  private mutating func look() throws {
    let running = try oneStore().running()
    note("look: \(running.map { "\($0.runID)/\($0.attempt)" })")
    try #require(Set(running.map(\.jobID)) == Set(model.rows.filter { $0.state == .running }.map(\.id)), comment)
    seen += running
  }

  private mutating func takeBack() throws {
    if Bool.random(using: &random) { try look() }
    guard let lost = seen.suffix(6).randomElement(using: &random) else { return }
    let reason: LossReason = Bool.random(using: &random) ? .died : .silent
    note("\(lost.runID)/\(lost.attempt) was \(reason)")
    let state = try oneStore().takeBack(lost, reason, now: clock.now)
    let expected = model.takeBack(lost.jobID, lost.attempt, seenUntil: lost.leaseUntil, reason, now: clock.now)
    try #require(state == expected, comment)
    if state != nil { try #require(ends.updateValue("lost", forKey: "\(lost.jobID)/\(lost.attempt)") == nil, comment) }
    done.insert(state.map { "lost: \($0)" } ?? "not lost")
  }

  private mutating func cancel() throws {
    let names = someNames(open: number(0..<3) > 0)
    note("cancel \(names)")
    let store = oneStore()
    let jobs = try unless(.notCancellable) { try store.cancel(names.map(runID), now: clock.now) }
    try #require((jobs != nil) == model.cancel(names, now: clock.now), comment)
    done.insert(jobs == nil ? "not cancelled" : "cancelled jobs")
  }

  private mutating func retry() throws {
    let names = someNames()
    let force = Bool.random(using: &random)
    note("retry \(names)\(force ? " by force" : "")")
    let store = oneStore()
    let jobs = try unless(.notRetryable) { try store.retry(names.map(runID), force: force, now: clock.now) }
    try #require((jobs != nil) == model.retry(names, force: force, now: clock.now), comment)
    done.insert(jobs == nil ? "not retried" : "retried")
  }

  private mutating func retryFailed() throws {
    note("retry all failed")
    let jobs = try oneStore().retryFailed(now: clock.now)
    try #require(jobs.map(\.request.runID.description) == model.retryFailed(), comment)
    if !jobs.isEmpty { done.insert("retried failed") }
  }

  private mutating func pauseOrResume() throws {
    note(model.isPaused ? "resume" : "pause")
    if model.isPaused {
      try #require(try oneStore().resume(), comment)
      model.resume()
    } else {
      try oneStore().pause(now: clock.now)
      model.pause()
    }
  }

  private mutating func prune() throws {
    let before = clock.now - .seconds(number(0..<20))
    note("prune before \(before)")
    let count = try oneStore().prune(endedBefore: before, atOnce: number(1..<4)) { _ in }
    try #require(count == model.prune(endedBefore: before), comment)
    if count > 0 { done.insert("pruned") }
  }

  private mutating func move(by seconds: Int) {
    note("clock \(seconds)")
    clock.advance(by: .seconds(seconds))
  }

  private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func anyName() -> String { "run-\(number(1..<9))" }

  /// A job that is there, mostly; nil half the time.
  private mutating func anyDependency() -> String? {
    switch number(0..<10) {
    case 0: anyName()
    case ..<5: model.rows.filter { !$0.state.isFinal }.randomElement(using: &random)?.name
    default: nil
    }
  }

  /// One or two jobs that are there; of those that have not ended, where there are some.
  private mutating func someNames(open: Bool = false) -> [String] {
    let isOpen = model.rows.filter { !$0.state.isFinal }
    return (0..<number(1..<3)).compactMap { _ in
      (open && !isOpen.isEmpty ? isOpen : model.rows).randomElement(using: &random)?.name
    }
  }

  private mutating func oneStore() -> JobStore { stores[number(0..<stores.count)] }

  /// What a write came to, or nil where it was refused with that code.
  private func unless<Value>(_ code: JobStoreError.Code, _ write: () throws -> Value) throws -> Value? {
    do {
      return try write()
    } catch let error as JobStoreError where error.code == code {
      return nil
    }
  }

  private mutating func note(_ step: String) { steps.append(step) }

  /// The way so far, and how to go it again.
  var comment: Comment { "PREPAPER_TEST_SEED=\(seed): \(steps.joined(separator: "; "))" }
}
