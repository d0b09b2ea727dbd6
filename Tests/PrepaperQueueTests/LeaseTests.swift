import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

@Suite struct LeaseTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `a lease that is over is taken back, and the next claim has the next number`() throws {
    let lost = try queue.submitClaimed()

    let claim = try #require(try queue.two.claimNext(worker: "w2", lease: .seconds(30), now: instant(31)))

    let job = try queue.job()
    #expect((claim.jobID, claim.attempt, claim.tries) == (lost.jobID, 2, 2))
    #expect((job.state, job.worker, job.attempt, job.tries) == (.running, "w2", 2, 2))
    #expect(job.leaseUntil == instant(61))
    #expect(job.errorCode == "worker_lost")
    let attempt = try #require(try queue.attempts().first)
    #expect((attempt.outcome, attempt.errorCode, attempt.finishedAt) == ("lost", "worker_lost", instant(31)))
    #expect(attempt.errorMessage?.contains("worker w1") == true)
    #expect(try queue.history() == ["submitted", "claimed", "lost", "claimed"])
  }

  @Test func `a lease is over at its end, not before`() throws {
    let claim = try queue.submitClaimed()
    let content = try queue.content()

    let early = try queue.two.claimNext(worker: "w2", lease: .seconds(30), now: instant(30) - .milliseconds(1))
    #expect(early == nil)
    #expect(try queue.content() == content)

    let due = try queue.two.claimNext(worker: "w2", lease: .seconds(30), now: instant(30))
    #expect(due?.attempt == claim.attempt + 1)
  }

  @Test func `a renewed lease holds from the renewal on`() throws {
    let claim = try queue.submitClaimed()

    try queue.one.renew(claim, lease: .seconds(30), now: instant(20))

    #expect(try queue.job().leaseUntil == instant(50))
    #expect(try queue.two.claimNext(worker: "w2", lease: .seconds(30), now: instant(49)) == nil)
    #expect(try queue.two.claimNext(worker: "w2", lease: .seconds(30), now: instant(50))?.attempt == 2)
  }

  @Test func `only leases that are over are taken back`() throws {
    try queue.submit("short")
    try queue.submit("long")
    _ = try queue.one.claimNext(worker: "w1", lease: .seconds(10), now: instant(0))
    _ = try queue.one.claimNext(worker: "w2", lease: .seconds(60), now: instant(0))

    let claim = try queue.two.claimNext(worker: "w3", lease: .seconds(30), now: instant(20))

    #expect(claim?.request.runID == (try runID("short")))
    #expect(try queue.job("long").worker == "w2")
    #expect(try queue.two.claimNext(worker: "w3", lease: .seconds(30), now: instant(20)) == nil)
  }

  @Test func `a job whose last try is lost has failed`() throws {
    let first = try queue.submitClaimed(maxTries: 2)
    _ = try queue.claim("w2", at: 30)

    let third = try queue.claim("w3", at: 60)

    let job = try queue.job()
    #expect(first.maxTries == 2)
    #expect(third == nil)
    #expect((job.state, job.attempt, job.tries) == (.failed, 2, 2))
    #expect(job.errorCode == "worker_lost")
    #expect(job.errorMessage?.contains("worker w2") == true)
    #expect(job.finishedAt == instant(60))
    #expect(job.worker == nil && job.leaseUntil == nil)
    #expect(try queue.attempts().map(\.outcome) == ["lost", "lost"])
    #expect(try queue.history() == ["submitted", "claimed", "lost", "claimed", "lost", "failed"])
    #expect(try queue.claim("w3", at: 600) == nil)
  }

  @Test func `a job taken back keeps its place by priority`() throws {
    try queue.submit("low", priority: 1)
    _ = try queue.claim("w1")
    try queue.submit("high", priority: 2)

    let order = try (1...2).map { _ in try queue.claim("w2", at: 40)?.request.runID.description }

    #expect(order == ["high", "low"])
  }

  @Test func `an attempt is the current one until somebody takes it back, its lease over or not`() throws {
    let claim = try queue.submitClaimed()

    try queue.one.renew(claim, lease: .seconds(30), now: instant(300))
    let state = try queue.one.finish(claim, published(), now: instant(900))

    #expect(state == .succeeded)
    #expect(try queue.job().state == .succeeded)
  }

  @Test func `a clock that steps back takes nothing from its holder`() throws {
    let claim = try queue.submitClaimed()
    try queue.one.renew(claim, lease: .seconds(30), now: instant(100))
    let content = try queue.content()

    #expect(try queue.two.claimNext(worker: "w2", lease: .seconds(30), now: instant(-3600)) == nil)
    #expect(try queue.content() == content)

    try queue.one.renew(claim, lease: .seconds(30), now: instant(-3600))
    #expect(try queue.two.claimNext(worker: "w2", lease: .seconds(30), now: instant(-3571)) == nil)
    try queue.one.finish(claim, published(), now: instant(-3560))
    let job = try queue.job()
    #expect((job.state, job.finishedAt) == (.succeeded, instant(-3560)))
    #expect(try queue.attempts().map(\.outcome) == ["succeeded"])
  }

  @Test func `a clock that steps back gives no number twice`() throws {
    try queue.submit("run", maxTries: 10)

    let numbers = try [0, 40, -100, -60, 5].map { try queue.claim("w", at: $0)?.attempt }

    #expect(numbers == [1, 2, nil, nil, nil])
    #expect(try queue.claim("w", at: 70)?.attempt == 3)
  }
}
