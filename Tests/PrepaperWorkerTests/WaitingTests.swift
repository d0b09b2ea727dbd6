import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import Synchronization
import Testing

// How an idle worker waits: it looks at the queue four times a second, and must not wait longer than that for work.
@Suite(.timeLimit(.minutes(5))) struct WaitingTests {
  let workshop: Workshop
  /// Two looks: one that was just over, and the next.
  static let soon = Duration.milliseconds(500)

  init() throws {
    workshop = try Workshop()
  }

  @Test(arguments: 1...12)
  func `a job is found at the next look, at whatever moment it was submitted`(look: Int) async throws {
    let looks = Mutex(0)
    let submitted = Mutex<Bool>(false)
    let clock = TestClock(looking: { [workshop] in
      guard looks.next() == look else { return }
      do {
        try workshop.submit()
        submitted.withLock { $0 = true }
      } catch {
        Issue.record(error)
      }
    })

    let waited = try await waitForExecution(clock, lease: .seconds(3600)) { submitted.withLock { $0 } }

    #expect(waited <= Self.soon)
  }

  @Test func `a scheduled job is claimed when it is due`() async throws {
    try workshop.submit()
    let claim = try #require(try workshop.queue.claimNext(worker: "w2", lease: Workshop.lease, now: instant(0)))
    try workshop.queue.finish(claim, .failed(RunError(.diskFull, ""), retryAfter: .seconds(100)), now: instant(0))

    let waited = try await waitForExecution(TestClock(), lease: .seconds(3600)) { true }

    #expect(waited >= .seconds(100))
    #expect(waited <= .seconds(100) + Self.soon)
  }

  @Test func `a job whose worker is lost is claimed when its lease is over`() async throws {
    try workshop.submit()
    _ = try workshop.queue.claimNext(worker: "w2", lease: .seconds(100), now: instant(0))

    let waited = try await waitForExecution(TestClock(), lease: .seconds(3600)) { true }

    #expect(waited >= .seconds(100))
    #expect(waited <= .seconds(100) + Self.soon)
    #expect(try workshop.details().attempts.map(\.outcome) == ["lost", "succeeded"])
  }

  @Test func `a worker that cannot claim what is due waits between its tries`() async throws {
    try workshop.submit()
    _ = try workshop.queue.claimNext(worker: "w2", lease: .seconds(1), now: instant(0))
    let lock = try QueueLock(workshop.path)
    let looks = Mutex(0)
    let sleeps = Mutex(0)
    // A worker that never sleeps gets its run too, only too soon.
    let clock = TestClock(
      looking: { if looks.next() == 2000 { lock.release() } },
      sleeping: {
        guard $0 != Workshop.heartbeat else { return try await untilCancelled() }
        if sleeps.next() == 50 { lock.release() }
      })
    clock.time.advance(by: .seconds(10))
    let worker = try workshop.worker(FakeExecutor(), clock: clock, deadline: .zero)

    let running = Task { try await worker.run() }
    while try workshop.job().state == .running { await Task.yield() }
    running.cancel()
    try await running.value

    #expect(sleeps.withLock { $0 } >= 50)
  }

  @Test func `a clock that steps back does not keep a worker from its signs of life`() async throws {
    let signs = Mutex<[Int64]>([])
    let time = Mutex<ManualClock?>(nil)
    let looks = Mutex(0)
    let clock = TestClock(sleeping: { [workshop] _ in
      let look = looks.next()
      if look == 10 { time.withLock { $0?.advance(by: .seconds(-3600)) } }
      if look > 10 {
        let version = try workshop.queue.dataVersion()
        signs.withLock { $0.append(version) }
      }
      if look == 110 { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
    })
    time.withLock { $0 = clock.time }

    try await workshop.worker(FakeExecutor(), clock: clock).run()

    // A hundred looks are 25 seconds, a sign of life is due every five.
    #expect(Set(signs.withLock { $0 }).count >= 5)
  }

  @Test func `idle workers do not keep each other awake`() async throws {
    let observer = try openStore(workshop.path)
    let last = Mutex(try observer.dataVersion())
    let commits = Mutex(0)
    let looks = Mutex(0)
    let clock = TestClock(sleeping: { [workshop] _ in
      if try observer.dataVersion() != last.withLock({ $0 }) { commits.withLock { $0 += 1 } }
      let look = looks.next()
      try workshop.queue.noteAlive(worker: "w2", host: "there", processID: 8, now: instant(Int64(look)))
      let version = try observer.dataVersion()
      try #require(version != last.withLock { $0 })
      last.withLock { $0 = version }
      if look == 100 { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
    })

    try await workshop.worker(FakeExecutor(), clock: clock).run()

    // A hundred looks are 25 seconds, a sign of life is due every five.
    #expect((4...8).contains(commits.withLock { $0 }))
  }

  /// Runs a worker until it executes a run; how long that took from the moment at which the run was there.
  private func waitForExecution(
    _ clock: TestClock, lease: Duration, since isThere: @escaping @Sendable () -> Bool
  ) async throws -> Duration {
    let began = Mutex<UTCTimestamp?>(nil)
    let ended = Mutex<UTCTimestamp?>(nil)
    let (executed, execute) = AsyncStream<Void>.makeStream()
    var clock = clock
    let time = clock.time
    clock.sleeping = { duration in
      // The heartbeat of an attempt does not come; an idle worker's looks do.
      if duration == Workshop.heartbeat { return try await untilCancelled() }
      if isThere() { began.withLock { $0 = $0 ?? time.now } }
    }
    let executor = FakeExecutor { claim in
      ended.withLock { $0 = time.now }
      defer { execute.yield() }
      return try stage(claim)
    }
    let worker = try workshop.worker(executor, clock: clock, lease: lease)

    let running = Task { try await worker.run() }
    for await _ in executed { break }
    while try workshop.job().state == .running { await Task.yield() }
    running.cancel()
    try await running.value

    let end = try #require(ended.withLock { $0 })
    return end - (began.withLock { $0 } ?? end)
  }
}
