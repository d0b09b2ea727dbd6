import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

@Suite struct FailureTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test(arguments: RunErrorCode.allCases.filter(\.isTransient))
  func `a failure that may pass comes back later`(code: RunErrorCode) throws {
    let claim = try queue.submitClaimed()

    let state = try queue.one.finish(claim, failure(code, after: 10), now: instant(5))

    let job = try queue.job()
    #expect(state == .scheduled)
    #expect((job.state, job.runAt, job.tries) == (.scheduled, instant(15), 1))
    #expect((job.errorCode, job.errorMessage) == (code.rawValue, "what went wrong"))
    #expect(job.worker == nil && job.leaseUntil == nil && job.finishedAt == nil)
    let attempt = try #require(try queue.attempts().first)
    #expect((attempt.outcome, attempt.errorCode, attempt.finishedAt) == ("failed", code.rawValue, instant(5)))
    #expect(try queue.history() == ["submitted", "claimed", "scheduled"])
  }

  @Test(arguments: RunErrorCode.allCases.filter { !$0.isTransient })
  func `a failure that will not pass ends the job at once`(code: RunErrorCode) throws {
    let claim = try queue.submitClaimed(maxTries: 5)

    let state = try queue.one.finish(claim, failure(code, after: 10), now: instant(5))

    let job = try queue.job()
    #expect(state == .failed)
    #expect((job.state, job.tries, job.maxTries) == (.failed, 1, 5))
    #expect((job.errorCode, job.errorMessage, job.finishedAt) == (code.rawValue, "what went wrong", instant(5)))
    #expect(job.runAt == nil && job.worker == nil && job.leaseUntil == nil && job.result == nil)
    #expect(try queue.attempts().map(\.outcome) == ["failed"])
    #expect(try queue.history() == ["submitted", "claimed", "failed"])
    #expect(try queue.claim("w2", at: 3600) == nil)
  }

  @Test func `there are codes of both kinds`() {
    #expect(Set(RunErrorCode.allCases.map(\.isTransient)) == [true, false])
  }

  @Test func `a scheduled job is not claimed early`() throws {
    let claim = try queue.submitClaimed()
    try queue.one.finish(claim, transient(after: 10), now: instant(5))
    let content = try queue.content()

    let early = try queue.two.claimNext(worker: "w2", lease: .seconds(30), now: instant(15) - .milliseconds(1))

    #expect(early == nil)
    #expect(try queue.content() == content)
  }

  @Test func `a scheduled job is claimed when it is due`() throws {
    let claim = try queue.submitClaimed()
    try queue.one.finish(claim, transient(after: 10), now: instant(5))

    let second = try #require(try queue.two.claimNext(worker: "w2", lease: .seconds(30), now: instant(15)))

    #expect((second.attempt, second.tries) == (2, 2))
    #expect(try queue.job().runAt == nil)
    #expect(try queue.history() == ["submitted", "claimed", "scheduled", "due", "claimed"])
  }

  @Test func `a job that became due waits from then on, behind higher priorities`() throws {
    let claim = try queue.submitClaimed()
    try queue.one.finish(claim, transient(after: 10), now: instant(5))
    for name in ["high", "higher"] { try queue.submit(name, priority: name.count, at: 20) }

    let first = try queue.claim("w1", at: 30)
    let waiting = try queue.two.overview()

    #expect(first?.request.runID == (try runID("higher")))
    #expect(waiting.counts[.queued] == 2 && waiting.counts[.scheduled] == 0)
    #expect(waiting.oldestQueuedSince == instant(15))
  }

  @Test func `a clock that steps back leaves a scheduled job scheduled`() throws {
    let claim = try queue.submitClaimed()
    try queue.one.finish(claim, transient(after: 10), now: instant(5))

    #expect(try queue.claim("w2", at: -3600) == nil)
    #expect(try queue.job().runAt == instant(15))
    #expect(try queue.claim("w2", at: 15)?.attempt == 2)
  }

  @Test func `a failure that may pass ends the job on its last try`() throws {
    let first = try queue.submitClaimed(maxTries: 2)
    let afterFirst = try queue.one.finish(first, transient(after: 10), now: instant(5))
    let second = try #require(try queue.claim("w2", at: 15))

    let afterSecond = try queue.one.finish(second, transient(after: 10), now: instant(20))

    let job = try queue.job()
    #expect((afterFirst, afterSecond) == (.scheduled, .failed))
    #expect((job.state, job.errorCode, job.finishedAt) == (.failed, "store_busy", instant(20)))
    #expect(job.runAt == nil)
    #expect(try queue.claim("w3", at: 3600) == nil)
  }

  private func failure(_ code: RunErrorCode, after seconds: Int) -> AttemptOutcome {
    .failed(RunError(code, "what went wrong"), retryAfter: .seconds(seconds))
  }
}
