import PrepaperDomain
import PrepaperQueue
import Testing

@Suite struct ReleaseTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `a released job is queued again, and its try is given back`() throws {
    let claim = try queue.submitClaimed(maxTries: 1)

    let state = try queue.one.finish(claim, .released, now: instant(5))

    let job = try queue.job()
    #expect(state == .queued)
    #expect((job.state, job.attempt, job.tries) == (.queued, 1, 0))
    #expect(job.worker == nil && job.leaseUntil == nil && job.finishedAt == nil && job.errorCode == nil)
    #expect(try queue.attempts().map(\.outcome) == ["released"])
    #expect(try queue.attempts().map(\.finishedAt) == [instant(5)])
    #expect(try queue.history() == ["submitted", "claimed", "released"])
    #expect(try queue.two.overview().oldestQueuedSince == instant(5))
    #expect(try queue.breach() == nil)
  }

  @Test func `a job can be released more often than it may be tried`() throws {
    try queue.submit("run", maxTries: 2)

    for second in 1...4 as ClosedRange<Int64> {
      let claim = try #require(try queue.claim("w1", at: second))
      #expect((claim.attempt, claim.tries) == (second, 1))
      try queue.one.finish(claim, .released, now: instant(second))
    }
    let first = try #require(try queue.claim("w1", at: 5))
    #expect(try queue.one.finish(first, transient(after: 1), now: instant(5)) == .scheduled)
    let second = try #require(try queue.claim("w1", at: 6))
    #expect(try queue.one.finish(second, transient(after: 1), now: instant(6)) == .failed)

    #expect((first.tries, second.tries, second.attempt) == (1, 2, 6))
    #expect(try queue.breach() == nil)
  }

  @Test func `a released job keeps its place by priority`() throws {
    try queue.submit("first", priority: 5)
    let claim = try #require(try queue.claim("w1"))
    try queue.submit("second", priority: 5)
    try queue.submit("low")

    try queue.one.finish(claim, .released, now: instant(5))

    #expect(try (1...3).map { _ in try queue.claimName(at: 6) } == ["first", "second", "low"])
  }
}
