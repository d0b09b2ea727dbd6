import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

@Suite struct DependencyTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `each job of a chain is claimed once the one before has succeeded`() throws {
    try submitChain()

    var claimed: [String] = []
    for second in 0..<3 as Range<Int64> {
      let claim = try #require(try queue.claim("w1", at: second))
      #expect(try queue.claim("w2", at: second) == nil)
      try queue.one.finish(claim, published(second == 1 ? .noSignals : .success), now: instant(second))
      claimed.append(claim.request.runID.description)
      #expect(try queue.breach() == nil)
    }

    #expect(claimed == ["a", "b", "c"])
    #expect(try queue.history("c") == ["submitted", "due", "claimed", "succeeded"])
    #expect(try queue.job("c").isWaiting == false)
  }

  @Test func `a job waits through the failures of another that may pass, and through its loss`() throws {
    try submitChain()

    try queue.one.finish(try #require(try queue.claim("w1")), transient(after: 10), now: instant(1))
    #expect((try queue.job("b").state, try queue.job("b").isWaiting) == (.scheduled, true))
    _ = try #require(try queue.claim("w1", at: 11))
    try queue.one.takeBack(try #require(try queue.one.running().first), .died, now: instant(12))
    #expect((try queue.job("b").state, try queue.job("b").isWaiting) == (.scheduled, true))
    try queue.one.finish(try #require(try queue.claim("w1", at: 13)), .released, now: instant(14))
    #expect((try queue.job("b").state, try queue.job("b").isWaiting) == (.scheduled, true))
    #expect(try queue.breach() == nil)
  }

  @Test func `what waits for a job that has failed has failed too, and so on`() throws {
    try submitChain()
    try queue.submit("d", JobOptions(after: runID("a"), concurrencyKey: "key"))
    try queue.submit("other")

    try queue.one.finish(try #require(try queue.claim("w1")), permanent, now: instant(5))

    for (name, dependency) in [("b", "a"), ("c", "b"), ("d", "a")] {
      let job = try queue.job(name)
      #expect((job.state, job.errorCode, job.finishedAt) == (.failed, "dependency_failed", instant(5)), "\(name)")
      #expect(job.errorMessage == "it was to run after \(dependency), which failed")
      #expect((job.attempt, job.tries, job.isWaiting, job.runAt) == (0, 0, false, nil))
      #expect(try queue.history(name) == ["submitted", "failed"])
    }
    #expect(try queue.two.overview().counts[.failed] == 4)
    #expect(try queue.claimName(at: 6) == "other")
    #expect(try queue.breach() == nil)
  }

  @Test func `what waits for a job that is lost on its last try has failed too`() throws {
    try queue.submit("a", maxTries: 1)
    try queue.submit("b", JobOptions(after: runID("a")))
    _ = try queue.claim("w1")

    try queue.one.takeBack(try #require(try queue.one.running().first), .silent, now: instant(31))

    #expect(try queue.job("b").errorCode == "dependency_failed")
    #expect(try queue.breach() == nil)
  }

  @Test(arguments: [true, false])
  func `what waits for a job that is cancelled is cancelled too, and so on`(isRunning: Bool) throws {
    try submitChain()
    let claim = isRunning ? try queue.claim("w1") : nil

    _ = try queue.two.cancel([runID("a")], now: instant(5))
    if let claim {
      #expect(try queue.job("b").state == .scheduled)
      try queue.one.finish(claim, .cancelled, now: instant(5))
    }

    for name in ["b", "c"] {
      let job = try queue.job(name)
      #expect((job.state, job.errorCode, job.finishedAt) == (.cancelled, nil, instant(5)), "\(name)")
      #expect(job.errorMessage?.hasSuffix("which was cancelled") == true)
      #expect(try queue.history(name) == ["submitted", "cancelled"])
    }
    #expect(try queue.breach() == nil)
  }

  @Test func `a job in the middle that is cancelled takes only what waits for it`() throws {
    try submitChain()

    _ = try queue.one.cancel([runID("b")], now: instant(5))

    #expect(try ["a", "b", "c"].map { try queue.job($0).state } == [.queued, .cancelled, .cancelled])
    try queue.one.finish(try #require(try queue.claim("w1")), published(), now: instant(6))
    #expect(try queue.job("b").state == .cancelled)
    #expect(try queue.claim("w1", at: 7) == nil)
    #expect(try queue.breach() == nil)
  }

  @Test(arguments: [
    (Ended.succeeded, JobState.queued), (.noSignals, .queued), (.failed, .failed), (.cancelled, .cancelled),
  ])
  func `a job after one that has ended is told at once`(ended: Ended, state: JobState) throws {
    try ended.make("a", in: queue)

    let job = try queue.submit("b", JobOptions(after: runID("a")), at: 9)

    #expect((job.state, job.isWaiting, job.after) == (state, false, try runID("a")))
    #expect(job.finishedAt == (state.isFinal ? instant(9) : nil))
    #expect(try queue.history("b") == ["submitted"] + (state.isFinal ? [state.rawValue] : []))
    #expect(try queue.breach() == nil)
  }

  @Test func `a job after one that nobody submitted is refused`() throws {
    let content = try queue.content()

    let error = #expect(throws: JobStoreError.self) {
      try queue.submit("b", JobOptions(after: runID("a")))
    }

    #expect(error?.code == .noSuchRun)
    #expect(error?.message.contains("run b is to run after a, which is not in the queue") == true)
    #expect(try queue.content() == content)
  }

  @Test func `a job that waits for another and for its time waits for both`() throws {
    try queue.submit("a")
    for (name, seconds) in [("soon", 10), ("late", 100)] as [(String, Int64)] {
      try queue.submit(name, JobOptions(notBefore: instant(seconds), after: runID("a")))
    }
    let claim = try #require(try queue.claim("w1"))
    #expect(try queue.claimName(at: 20) == nil)
    #expect(try queue.two.overview().nextRunAt == nil)

    try queue.one.finish(claim, published(), now: instant(20))

    #expect(try queue.two.overview().nextRunAt == instant(10))
    #expect(try (1...2).map { _ in try queue.claimName(at: 99) } == ["soon", nil])
    #expect(try queue.claimName(at: 100) == "late")
    #expect(try queue.history("late") == ["submitted", "due", "claimed"])
    #expect(try queue.breach() == nil)
  }

  @Test func `what was to run after another waits for it again when both are retried, in any order`() throws {
    try submitChain()
    try queue.one.finish(try #require(try queue.claim("w1")), permanent, now: instant(1))

    let jobs = try queue.one.retry([runID("c"), runID("a"), runID("b")], force: false, now: instant(2))

    #expect(jobs.map(\.state) == [.scheduled, .queued, .scheduled])
    #expect(jobs.map(\.isWaiting) == [true, false, true])
    #expect(try queue.history("b") == ["submitted", "failed", "retried"])
    try queue.one.finish(try #require(try queue.claim("w1", at: 3)), published(), now: instant(3))
    #expect(try queue.claimName(at: 4) == "b")
    #expect(try queue.breach() == nil)
  }

  @Test func `all failed jobs of a chain are retried together`() throws {
    try submitChain()
    try queue.one.finish(try #require(try queue.claim("w1")), permanent, now: instant(1))

    let jobs = try queue.one.retryFailed(now: instant(2))

    #expect(jobs.map(\.request.runID.description) == ["a", "b", "c"])
    #expect(jobs.map(\.isWaiting) == [false, true, true])
    #expect(try queue.breach() == nil)
  }

  @Test func `what was to run after a job that has ended in vain is not retried alone`() throws {
    try submitChain()
    try queue.one.finish(try #require(try queue.claim("w1")), permanent, now: instant(1))
    let content = try queue.content()

    let error = #expect(throws: JobStoreError.self) {
      try queue.one.retry([runID("c"), runID("b")], force: true, now: instant(2))
    }

    #expect(error?.code == .notRetryable)
    #expect(error?.message == "run b is to run after a, which is failed; retry that too")
    #expect(try queue.content() == content)
  }

  @Test func `failed jobs after one that was cancelled stay failed, the others are retried`() throws {
    try submitChain()
    try queue.submit("other", priority: -1)
    for second in 1...2 as ClosedRange<Int64> {
      try queue.one.finish(
        try #require(try queue.claim("w1", at: second)), second == 1 ? published() : permanent, now: instant(second))
    }
    _ = try queue.one.retry([runID("a")], force: true, now: instant(3))
    _ = try queue.one.cancel([runID("a")], now: instant(4))
    try queue.one.finish(try #require(try queue.claim("w1", at: 5)), permanent, now: instant(5))

    let jobs = try queue.one.retryFailed(now: instant(6))

    #expect(jobs.map(\.request.runID.description) == ["other"])
    #expect(try queue.job("c").state == .failed)
    #expect(try queue.breach() == nil)
  }

  @Test func `a job whose dependency was taken out of the queue is retried without it`() throws {
    try queue.submit("a")
    try queue.submit("b", JobOptions(after: runID("a")), at: 1)
    try queue.one.finish(try #require(try queue.claim("w1")), published(), now: instant(1))
    try queue.one.finish(try #require(try queue.claim("w1", at: 9)), permanent, now: instant(9))
    _ = try queue.one.prune(endedBefore: instant(5)) { _ in }

    let jobs = try queue.one.retry([runID("b")], force: false, now: instant(10))

    #expect(jobs.map(\.state) == [.queued])
    #expect(try queue.breach() == nil)
  }

  private func submitChain() throws {
    try queue.submit("a")
    try queue.submit("b", JobOptions(after: runID("a")))
    try queue.submit("c", JobOptions(after: runID("b")))
  }
}
