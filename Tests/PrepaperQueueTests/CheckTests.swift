import GRDB
import PrepaperDomain
import PrepaperQueue
import Testing

@Suite struct CheckTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `an empty queue is sound`() throws {
    let check = try queue.one.check()

    #expect((check.jobs, check.events, check.breach) == (0, 0, nil))
  }

  @Test(arguments: Life.allCases)
  func `a queue is sound after every step of every life`(life: Life) throws {
    var lived = Lived(queue: queue)

    for (number, step) in life.steps.enumerated() {
      try step(&lived)

      #expect(try queue.breach() == nil, "step \(number)")
    }
  }

  @Test func `a check reads every job and every event, and changes nothing`() throws {
    for name in ["a", "b", "c"] { try queue.submit(name, JobOptions(after: name == "c" ? runID("b") : nil)) }
    _ = try queue.claim("w1")
    let content = try queue.content()

    let check = try queue.two.check()

    #expect((check.jobs, check.events, check.breach) == (3, 4, nil))
    #expect(try queue.content() == content)
  }

  @Test func `a check waits for nobody who writes`() throws {
    try queue.submit("run")
    let store = try openStore(queue.path, deadline: .zero)

    let holder = try queue.raw()
    let check = try holder.write { _ in try store.check() }

    #expect((check.jobs, check.events, check.breach) == (1, 1, nil))
  }
}

/// A way that jobs can go.
enum Life: CaseIterable {
  case succeeded, failedAtOnce, putOff, lastTry, lost, lostOnLastTry, released, cancelledWaiting, cancelledLater
  case cancelledRunning, cancelledAndLost, cancelledAndPutOff, cancelledAndReleased, cancelledAndSucceeded, retried
  case forced, dependent, dependentOfFailed, dependentOfCancelled, dependentOfEnded, later, keys, unreadable, pruned

  /// One thing after the other.
  var steps: [(inout Lived) throws -> Void] {
    switch self {
    case .succeeded: [submit, claim, end(published())]
    case .failedAtOnce: [submit, claim, end(permanent)]
    case .putOff: [submit, claim, end(transient()), claim, end(published())]
    case .lastTry: [submit, claim, end(transient()), claim, end(transient()), claim, end(transient())]
    case .lost: [submit, claim, lose, claim, end(published())]
    case .lostOnLastTry: [submit, claim, lose, claim, lose, claim, lose]
    case .released: [submit, claim, end(.released), claim, end(.released), claim, end(published())]
    case .cancelledWaiting: [submit, cancel, retry, cancel]
    case .cancelledLater: [submit, claim, end(transient()), cancel, retry, claim, end(published())]
    case .cancelledRunning: [submit, claim, cancel, cancel, end(.cancelled)]
    case .cancelledAndLost: [submit, claim, cancel, lose, retry]
    case .cancelledAndPutOff: [submit, claim, cancel, end(transient())]
    case .cancelledAndReleased: [submit, claim, cancel, end(.released)]
    case .cancelledAndSucceeded: [submit, claim, cancel, end(published())]
    case .retried: [submit, claim, end(permanent), retry, claim, end(published(.noSignals)), retry, claim]
    case .forced: [submit, claim, end(published()), retry, claim, end(published())]
    case .dependent: [submit, submitDependents, claim, end(published()), claim, end(published()), claim]
    case .dependentOfFailed: [submit, submitDependents, claim, end(permanent), retry, retryFailed, claim]
    case .dependentOfCancelled: [submit, submitDependents, cancel, retry, claim, end(published())]
    case .dependentOfEnded: [submit, claim, end(permanent), submitDependents, retry, retryFailed]
    case .later: [submitLater, claim, claimLater, end(published())]
    case .keys: [submitOfKey(3), claim, submitOfKey(2), end(transient()), claim, lose, claim, end(.released), cancel]
    case .unreadable: [submit, spoil, claim]
    case .pruned: [submit, submitDependents, claim, end(permanent), prune, submit]
    }
  }

  private func submit(_ lived: inout Lived) throws { try lived.queue.submit("run") }

  private func submitDependents(_ lived: inout Lived) throws {
    try lived.queue.submit("second", JobOptions(after: runID("run")))
    try lived.queue.submit("third", JobOptions(after: runID("second"), concurrencyKey: "key"))
  }

  private func submitLater(_ lived: inout Lived) throws {
    try lived.queue.submit("run", JobOptions(notBefore: instant(500)))
  }

  private func submitOfKey(_ count: Int) -> (inout Lived) throws -> Void {
    { lived in
      let there = try lived.queue.one.overview().counts.values.reduce(0, +)
      for number in there..<(there + count) {
        let name = number == 0 ? "run" : "run-\(number)"
        try lived.queue.submit(name, JobOptions(priority: number % 2, concurrencyKey: "key"))
      }
    }
  }

  private func claim(_ lived: inout Lived) throws {
    lived.claims += try [lived.queue.one.claim(worker: "w1", lease: .seconds(30), now: instant(100))].compactMap { $0 }
  }

  private func claimLater(_ lived: inout Lived) throws {
    lived.claims += [
      try #require(try lived.queue.one.claim(worker: "w1", lease: .seconds(30), now: instant(500)))
    ]
  }

  private func end(_ outcome: AttemptOutcome) -> (inout Lived) throws -> Void {
    { lived in
      let claim = lived.claims.popLast()
      try lived.queue.one.finish(try #require(claim), outcome, now: instant(50))
    }
  }

  private func lose(_ lived: inout Lived) throws {
    lived.claims.removeLast()
    try lived.queue.one.takeBack(try #require(try lived.queue.one.running().first), .died, now: instant(20))
  }

  private func cancel(_ lived: inout Lived) throws { _ = try lived.queue.one.cancel([runID("run")], now: instant(60)) }

  private func retry(_ lived: inout Lived) throws {
    _ = try lived.queue.one.retry([runID("run")], force: true, now: instant(70))
  }

  private func retryFailed(_ lived: inout Lived) throws { _ = try lived.queue.one.retryFailed(now: instant(71)) }

  private func spoil(_ lived: inout Lived) throws {
    try lived.queue.raw().write {
      try $0.execute(sql: "UPDATE jobs SET request = json_set(request, '$.backtest_run_id', '')")
    }
  }

  private func prune(_ lived: inout Lived) throws { _ = try lived.queue.one.prune(endedBefore: instant(900)) { _ in } }
}

/// A queue, and the claims on it that hold.
struct Lived {
  let queue: QueueFile
  var claims: [Claim] = []
}
