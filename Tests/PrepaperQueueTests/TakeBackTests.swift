import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

// Between seeing an attempt and taking its job back, anything may happen to it.
@Suite struct TakeBackTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `everybody sees what runs, the lease that ends first in front`() throws {
    for name in ["a", "b", "c"] { try queue.submit(name) }
    let claims = try [40, 10].map { seconds in
      try #require(
        try queue.one.claim(
          worker: "w\(seconds)", lock: { "locks/\(seconds)" }, lease: .seconds(seconds), now: instant(0)))
    }

    let running = try queue.two.running()

    #expect(running.map(\.runID.description) == ["b", "a"])
    #expect(running.map(\.worker) == ["w10", "w40"])
    #expect(running.map(\.lock) == ["locks/10", "locks/40"])
    #expect(running.map(\.leaseUntil) == [instant(10), instant(40)])
    #expect(running.map(\.jobID) == claims.reversed().map(\.jobID))
    #expect(running.map(\.attempt) == [1, 1])
    #expect(running.map(\.artifactsRoot) == ["/srv/artifacts", "/srv/artifacts"])
    try queue.one.finish(claims[0], published(), now: instant(1))
    #expect(try queue.two.running().map(\.runID.description) == ["b"])
  }

  @Test func `an attempt without a lock is seen without one`() throws {
    _ = try queue.submitClaimed()

    #expect(try queue.two.running().map(\.lock) == [nil])
  }

  @Test(arguments: [(LossReason.died, "worker w1 died on attempt 1 of 3"), (.silent, "worker w1 gave no sign of life")])
  func `a lost attempt says how it was lost`(reason: LossReason, words: String) throws {
    _ = try queue.submitClaimed()

    let state = try queue.two.takeBack(try #require(try queue.two.running().first), reason, now: instant(31))

    let (job, attempt) = (try queue.job(), try #require(try queue.attempts().first))
    #expect(state == .queued)
    #expect((job.state, job.tries, job.worker, job.leaseUntil) == (.queued, 1, nil, nil))
    #expect((job.errorCode, job.finishedAt) == ("worker_lost", nil))
    #expect((attempt.outcome, attempt.errorCode, attempt.finishedAt) == ("lost", "worker_lost", instant(31)))
    #expect(job.errorMessage?.hasPrefix(words) == true && attempt.errorMessage == job.errorMessage)
    #expect(try queue.two.overview().oldestQueuedSince == instant(31))
    #expect(try queue.breach() == nil)
  }

  @Test func `one that has renewed its lease since it was seen keeps its job, unless it is dead`() throws {
    let claim = try queue.submitClaimed()
    let seen = try #require(try queue.two.running().first)
    try queue.one.renew(claim, lease: .seconds(30), now: instant(20))
    let content = try queue.content()

    let silent = try queue.two.takeBack(seen, .silent, now: instant(31))

    #expect(silent == nil)
    #expect(try queue.content() == content)
    #expect(try queue.one.isToStop(claim) == false)
    #expect(try queue.two.takeBack(seen, .died, now: instant(32)) == .queued)
    #expect(try queue.one.isToStop(claim))
    #expect(try queue.breach() == nil)
  }

  @Test(arguments: Meanwhile.allCases, [LossReason.died, .silent])
  func `where the attempt is no longer the current one, nothing is taken`(what: Meanwhile, reason: LossReason) throws {
    let claim = try queue.submitClaimed()
    let seen = try #require(try queue.two.running().first)
    try what.happen(to: claim, in: queue)
    let content = try queue.content()

    #expect(try queue.two.takeBack(seen, reason, now: instant(31)) == nil)
    #expect(try queue.content() == content)
    #expect(try queue.breach() == nil)
  }

  @Test func `of two that take the same attempt back, one does`() throws {
    _ = try queue.submitClaimed()
    let seen = try #require(try queue.two.running().first)

    let states = try [queue.one, queue.two, queue.one].map { try $0.takeBack(seen, .died, now: instant(31)) }

    #expect(states == [.queued, nil, nil])
    #expect(try queue.history() == ["submitted", "claimed", "lost"])
  }
}

/// What becomes of an attempt before its job is taken back.
enum Meanwhile: CaseIterable {
  case finished, putOff, released, lost, claimedAnew, claimedAnewBySameWorkerUntilTheSameMoment, cancelled

  func happen(to claim: Claim, in queue: QueueFile) throws {
    switch self {
    case .finished: try queue.one.finish(claim, published(), now: instant(1))
    case .putOff: try queue.one.finish(claim, transient(after: 600), now: instant(1))
    case .released: try queue.one.finish(claim, .released, now: instant(1))
    case .lost: try queue.one.takeBack(try #require(try queue.one.running().first), .died, now: instant(1))
    case .claimedAnew:
      try queue.one.finish(claim, .released, now: instant(1))
      _ = try queue.claim("w2", at: 1)
    case .claimedAnewBySameWorkerUntilTheSameMoment:
      try queue.one.finish(claim, .released, now: instant(0))
      _ = try queue.claim("w1", at: 0)
    case .cancelled: try queue.one.finish(claim, .cancelled, now: instant(1))
    }
  }
}
