import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import Synchronization
import Testing

// How an idle worker waits: it must miss no work, and not keep the machine awake.
@Suite(.timeLimit(.minutes(5))) struct WaitingTests {
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
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
    try await eventually("the run is taken back and done") { try workshop.job().state == .succeeded }
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

    // A hundred looks are a hundred seconds, a sign of life is due every five.
    #expect(Set(signs.withLock { $0 }).count >= 19)
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

    // A hundred looks are a hundred seconds, a sign of life is due every five.
    #expect((18...22).contains(commits.withLock { $0 }))
  }
}
