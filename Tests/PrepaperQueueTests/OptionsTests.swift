import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

@Suite struct OptionsTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `a job keeps how it is to be treated, and its claim knows`() throws {
    try queue.submit("first")
    let options = JobOptions(
      priority: -4, maxTries: 7, timeout: .milliseconds(1500), after: try runID("first"), concurrencyKey: "größer")

    try queue.submit("run", options)

    let job = try queue.job()
    #expect((job.priority, job.maxTries, job.timeout) == (-4, 7, .milliseconds(1500)))
    #expect((job.after, job.isWaiting, job.concurrencyKey) == (try runID("first"), true, "größer"))
    try queue.one.finish(try #require(try queue.claim("w1")), published(), now: instant(1))
    let claim = try #require(try queue.claim("w1", at: 2))
    #expect((claim.tries, claim.maxTries, claim.timeout) == (1, 7, .milliseconds(1500)))
    #expect(claim.log == "logs/run.1.log")
    #expect(try queue.attempts().map(\.log) == ["logs/run.1.log"])
  }

  @Test func `a job without options runs at once, up to three times`() throws {
    let job = try queue.one.submit(request("run"), now: instant(0)).job

    #expect((job.state, job.priority, job.maxTries, job.timeout) == (.queued, 0, 3, nil))
    #expect((job.after, job.concurrencyKey, job.isWaiting, job.runAt) == (nil, nil, false, nil))
  }

  @Test(arguments: [(Duration.zero, 1), (.nanoseconds(1), 1), (.microseconds(2_900), 2)])
  func `a timeout is at least a millisecond`(timeout: Duration, kept: Int) throws {
    try queue.submit("run", JobOptions(timeout: timeout))

    #expect(try queue.job().timeout == .milliseconds(kept))
  }

  @Test func `a claim says how long its job has waited`() throws {
    try queue.submit("run", at: 5)
    try queue.submit("later", JobOptions(priority: -1, notBefore: instant(20)))

    let claims = try [12, 50].map { try queue.one.claim(worker: "w1", lease: .seconds(30), now: instant($0)) }

    #expect(claims.map { $0?.waited } == [.seconds(7), .seconds(30)])
    try queue.one.finish(try #require(claims[0]), .released, now: instant(60))
    #expect(try queue.one.claim(worker: "w1", lease: .seconds(30), now: instant(59))?.waited == .zero)
  }

  @Test func `a job is not claimed before its time, and then at once`() throws {
    try queue.submit("run", JobOptions(notBefore: instant(60)))
    let content = try queue.content()

    let early = try queue.two.claim(worker: "w1", lease: .seconds(30), now: instant(60) - .milliseconds(1))

    #expect(early == nil)
    #expect(try queue.content() == content)
    #expect((try queue.job().state, try queue.job().runAt) == (.scheduled, instant(60)))
    #expect(try queue.two.overview().nextRunAt == instant(60))
    #expect(try queue.two.claim(worker: "w1", lease: .seconds(30), now: instant(60))?.attempt == 1)
    #expect(try queue.job().runAt == nil)
    #expect(try queue.history() == ["submitted", "due", "claimed"])
    #expect(try queue.breach() == nil)
  }

  @Test(arguments: [-1, 0])
  func `a time that has come is no reason to wait`(seconds: Int64) throws {
    try queue.submit("run", JobOptions(notBefore: instant(seconds)))

    #expect((try queue.job().state, try queue.job().runAt) == (.queued, nil))
    #expect(try queue.history() == ["submitted"])
  }

  @Test func `jobs that become due are claimed by priority, not by their time`() throws {
    for (name, priority, seconds) in [("a", 0, 10), ("b", 5, 30), ("c", 9, 50), ("d", 5, 20)] as [(String, Int, Int64)]
    {
      try queue.submit(name, JobOptions(priority: priority, notBefore: instant(seconds)))
    }

    let order = try (1...4).map { _ in try queue.claimName(at: 30) }

    #expect(order == ["b", "d", "a", nil])
    #expect(try queue.breach() == nil)
  }

  @Test(.timeLimit(.minutes(1)))
  func `more jobs than become due at once are all due in a few claims`() throws {
    _ = try queue.one.submit(
      all: (0..<1001).map { Submission(try request("run-\($0)"), JobOptions(notBefore: instant(10))) }, now: instant(0))

    let names = try (0..<3).map { _ in try queue.claimName(at: 20) }

    #expect(names == ["run-0", "run-1", "run-2"])
    #expect(try queue.two.overview().counts[.queued] == 998)
    #expect(try queue.two.overview().counts[.scheduled] == 0)
    #expect(try queue.breach() == nil)
  }

  @Test func `a job that is retried does not wait for its time again`() throws {
    try queue.submit("run", JobOptions(notBefore: instant(60)))
    _ = try queue.one.cancel([runID("run")], now: instant(1))

    _ = try queue.one.retry([runID("run")], force: false, now: instant(2))

    #expect((try queue.job().state, try queue.job().runAt) == (.queued, nil))
    #expect(try queue.breach() == nil)
  }
}
