import PrepaperDomain
import PrepaperJSON
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

  @Test func `a deferred job comes back after its delay, its error told and its try given back`() throws {
    let claim = try queue.submitClaimed(maxTries: 1)

    let state = try queue.one.finish(claim, deferred(for: 10), now: instant(5))

    let job = try queue.job()
    #expect(state == .scheduled)
    #expect((job.state, job.attempt, job.tries, job.runAt) == (.scheduled, 1, 0, instant(15)))
    #expect((job.errorCode, job.errorMessage) == ("disk_full", "no room"))
    #expect(try queue.attempts().map(\.outcome) == ["released"])
    #expect(try queue.attempts().map(\.errorCode) == ["disk_full"])
    #expect(try queue.history() == ["submitted", "claimed", "scheduled"])
    #expect(try queue.breach() == nil)
    let seen = try queue.two.deferred(now: instant(5))
    #expect(seen?.artifactsRoot == job.request.artifactsRoot)
    #expect((seen?.errorCode, seen?.errorMessage) == ("disk_full", "no room"))
    #expect(try queue.claim("w1", at: 14) == nil)
    #expect(try queue.claim("w1", at: 15)?.tries == 1)
  }

  @Test func `a run that waits for its time, or after a failure of its own, is not a deferred one`() throws {
    try queue.submit("later")
    try queue.one.finish(try #require(try queue.claim("w1")), transient(after: 10), now: instant(1))

    #expect(try queue.job("later").state == .scheduled)
    #expect(try queue.two.deferred(now: instant(5)) == nil)
  }

  @Test func `a deferred job that is to be cancelled is`() throws {
    let claim = try queue.submitClaimed(maxTries: 1)
    _ = try queue.two.cancel([runID("run")], now: instant(1))

    let state = try queue.one.finish(claim, deferred(for: 10), now: instant(5))

    #expect(state == .cancelled)
    #expect(try queue.job().runAt == nil)
    #expect(try queue.breach() == nil)
  }

  @Test func `jobs of roots to avoid stay where they are, and are promoted all the same`() throws {
    for (name, root) in [("a", "/one"), ("b", "/two"), ("c", "/three"), ("d", "/one")] {
      _ = try queue.one.submit(
        request(name, root: root), JobOptions(notBefore: name == "d" ? instant(5) : nil), now: instant(0))
    }

    let claim = try queue.one.claim(
      worker: "w1", avoiding: ["/one", "/two"], lease: .seconds(30), now: instant(10))
    let none = try queue.one.claim(
      worker: "w1", avoiding: ["/one", "/two"], lease: .seconds(30), now: instant(10))

    #expect(claim?.request.runID.description == "c")
    #expect(none == nil)
    #expect(try ["a", "b", "d"].map { try queue.job($0).state } == [.queued, .queued, .queued])
    let other = try queue.one.claim(worker: "w1", avoiding: ["/one"], lease: .seconds(30), now: instant(10))
    #expect(other?.request.runID.description == "b")
  }

  private func deferred(for seconds: Int) -> AttemptOutcome {
    .deferred(RunError(.diskFull, "no room"), for: .seconds(seconds))
  }
}
