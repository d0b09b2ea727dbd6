import Foundation
import GRDB
import PrepaperDomain
import PrepaperQueue
import PrepaperSQLite
import PrepaperTestSupport
import Testing

// Several workers, each with its own connection, do what workers do in a random order, under a clock that also steps
// back; after each step the queue on disk must be the one of the model.
@Suite struct InterleavingTests {
  /// Set `PREPAPER_TEST_SEED` to go the same way again.
  static let firstSeed =
    ProcessInfo.processInfo.environment["PREPAPER_TEST_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0...1 << 32)

  @Test(.timeLimit(.minutes(20)))
  func `in any order of steps, the queue is the one of the model`() throws {
    print("interleaving: PREPAPER_TEST_SEED=\(Self.firstSeed)")
    for offset in 0..<200 {
      var walk = try RandomWalk(seed: Self.firstSeed &+ UInt64(offset))
      for _ in 0..<40 { try walk.step() }
      try walk.checkHistory()
    }
  }
}

/// One queue, its model, and workers that stumble through both.
private struct RandomWalk {
  private static let lease = Duration.seconds(30)

  private let seed: UInt64
  private let queue: QueueFile
  private let stores: [JobStore]
  private let clock = ManualClock(instant(0))
  private var random: SeededRandom
  private var model = QueueModel()
  /// Every claim ever given, also those that are not good any more.
  private var claims: [Claim] = []
  /// How each attempt came to its end: once at most.
  private var ends: [String: JobState] = [:]
  private var steps: [String] = []

  init(seed: UInt64) throws {
    self.seed = seed
    random = SeededRandom(seed: seed)
    queue = try QueueFile()
    stores = [queue.one, queue.two, try openStore(queue.path)]
  }

  /// Does one thing on both, and compares.
  mutating func step() throws {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<15: try submit()
    case ..<45: try claim()
    case ..<60: try renew()
    case ..<80: try finish()
    case ..<87: try retry()
    case ..<97: move(by: Int.random(in: 1...25, using: &random))
    default: move(by: -Int.random(in: 1...40, using: &random))
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
        let end = ends["\(row.name)/\(attempt.number)"]
        #expect(attempt.outcome == (end.map { $0 == .succeeded ? "succeeded" : "failed" } ?? "lost"), comment)
      }
    }
    #expect(Set(claims.map { "\($0.jobID)/\($0.attempt)" }).count == claims.count, comment)
  }

  private mutating func submit() throws {
    let name = "run-\(Int.random(in: 1...4, using: &random))"
    let priority = Int.random(in: 0...1, using: &random)
    let maxTries = Int.random(in: 1...3, using: &random)
    note("submit \(name) \(priority) \(maxTries)")
    let created = try oneStore().submit(
      request(name), JobOptions(priority: priority, maxTries: maxTries), now: clock.now
    ).created
    try #require(created == model.submit(name, priority: priority, maxTries: maxTries), comment)
  }

  private mutating func claim() throws {
    let worker = "w\(Int.random(in: 1...3, using: &random))"
    let claim = try oneStore().claimNext(worker: worker, lease: Self.lease, now: clock.now)
    note("\(worker) claims: \(claim.map { "\($0.request.runID)/\($0.attempt)" } ?? "nothing")")
    let expected = model.claim(worker, lease: Self.lease, now: clock.now)
    try #require(claim?.request.runID.description == expected?.name, comment)
    try #require(claim?.attempt == expected?.attempt, comment)
    if let claim { claims.append(claim) }
  }

  private mutating func renew() throws {
    guard let claim = claims.suffix(6).randomElement(using: &random) else { return }
    note("renew \(claim.request.runID)/\(claim.attempt)")
    let store = oneStore()
    let isCurrent = try unlessLost { try store.renew(claim, lease: Self.lease, now: clock.now) } != nil
    let name = claim.request.runID.description
    try #require(isCurrent == model.renew(name, claim.attempt, lease: Self.lease, now: clock.now), comment)
  }

  private mutating func finish() throws {
    let outcomes = [published(), published(.noSignals), transient(after: 10), transient(after: 40), permanent]
    guard
      let claim = claims.suffix(6).randomElement(using: &random), let outcome = outcomes.randomElement(using: &random)
    else { return }
    note("finish \(claim.request.runID)/\(claim.attempt): \(outcome)")
    let store = oneStore()
    let state = try unlessLost { try store.finish(claim, outcome, now: clock.now) }
    let name = claim.request.runID.description
    try #require(state == model.finish(name, claim.attempt, outcome, now: clock.now), comment)
    if let state { try #require(ends.updateValue(state, forKey: "\(name)/\(claim.attempt)") == nil, comment) }
  }

  private mutating func retry() throws {
    guard let name = model.rows.randomElement(using: &random)?.name else { return }
    let force = Bool.random(using: &random)
    note("retry \(name)\(force ? " by force" : "")")
    let isRetried: Bool
    do {
      isRetried = try oneStore().retry([runID(name)], force: force, now: clock.now).count == 1
    } catch let error as JobStoreError where error.code == .notRetryable {
      isRetried = false
    }
    try #require(isRetried == model.retry(name, force: force), comment)
  }

  private mutating func move(by seconds: Int) {
    note("clock \(seconds)")
    clock.advance(by: .seconds(seconds))
  }

  private mutating func oneStore() -> JobStore {
    stores[Int.random(in: 0..<stores.count, using: &random)]
  }

  private func unlessLost<Value>(_ write: () throws -> Value) throws -> Value? {
    do {
      return try write()
    } catch let error as JobStoreError where error.code == .leaseLost {
      return nil
    }
  }

  private mutating func note(_ step: String) { steps.append(step) }

  private var comment: Comment { "PREPAPER_TEST_SEED=\(seed): \(steps.joined(separator: "; "))" }
}
