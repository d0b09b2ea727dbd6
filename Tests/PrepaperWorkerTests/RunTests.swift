import Logging
import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import ServiceLifecycle
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct RunTests {
  /// The clock runs ahead of what a test does, and there is no heartbeat: no lease may be over all the same.
  static let lease = Duration.seconds(365 * 86_400)
  let clock = TestClock(sleeping: { if $0 == Workshop.heartbeat || $0 > .seconds(60) { try await untilCancelled() } })
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
  }

  @Test func `a draining worker works all jobs off, also those that come back, and ends`() async throws {
    for name in ["a", "b", "c"] { try workshop.submit(name) }
    let executor = FakeExecutor { claim in
      if claim.request.runID.description == "b", claim.tries < 3 { throw RunError(.storeBusy, "later") }
      return try stage(claim)
    }

    try await workshop.worker(executor, clock: clock, drains: true, lease: Self.lease).run()

    #expect(executor.claims.map(\.request.runID.description).sorted() == ["a", "b", "b", "b", "c"])
    #expect(try workshop.queue.overview().counts[.succeeded] == 3)
    #expect(try workshop.job("b").attempt == 3)
  }

  @Test func `an idle worker ends at once when it is asked to stop`() async throws {
    let (asleep, sleep) = AsyncStream<Void>.makeStream()
    let clock = TestClock(sleeping: { _ in
      sleep.yield()
      try await untilCancelled()
    })
    let group = group(try workshop.worker(FakeExecutor(), clock: clock))

    let running = Task { try await group.run() }
    for await _ in asleep { break }
    await group.triggerGracefulShutdown()

    try await running.value
  }

  @Test func `a worker that is asked to stop finishes its attempt, and takes no other`() async throws {
    try workshop.submit("first")
    try workshop.submit("second")
    let (begun, begin) = AsyncStream<Void>.makeStream()
    let (done, finish) = AsyncStream<Void>.makeStream()
    let executor = FakeExecutor { claim in
      begin.yield()
      for await _ in done {}
      return try stage(claim)
    }
    let group = group(try workshop.worker(executor, clock: clock, lease: Self.lease))

    let running = Task { try await group.run() }
    for await _ in begun { break }
    await group.triggerGracefulShutdown()
    finish.finish()

    try await running.value
    #expect(try workshop.job("first").state == .succeeded)
    #expect(try workshop.job("second").attempt == 0)
  }

  @Test func `a worker that is cancelled gives its run back, and claims no other`() async throws {
    for name in ["first", "second", "third"] { try workshop.submit(name) }
    let (begun, begin) = AsyncStream<Void>.makeStream()
    let executor = FakeExecutor { _ in
      begin.yield()
      try await untilCancelled()
      throw CancellationError()
    }
    let worker = try workshop.worker(executor, clock: clock, lease: Self.lease)

    let running = Task { try await worker.run() }
    for await _ in begun { break }
    running.cancel()

    try await running.value
    #expect(try workshop.job("first").state == .queued)
    #expect(try workshop.job("first").tries == 0)
    #expect(try ["second", "third"].map { try workshop.job($0).attempt } == [0, 0])
    #expect(workshop.published("first") == nil)
  }

  @Test(arguments: [JobState.succeeded, .failed])
  func `a run that ends after its worker was cancelled is recorded all the same`(state: JobState) async throws {
    try workshop.submit()
    let (begun, begin) = AsyncStream<Void>.makeStream()
    let heartIsStill = Mutex(false)
    let clock = TestClock(sleeping: { _ in
      defer { heartIsStill.withLock { $0 = true } }
      try await untilCancelled()
    })
    let executor = FakeExecutor { claim in
      begin.yield()
      while !heartIsStill.withLock({ $0 }) { await Task.yield() }
      if state == .failed { throw RunError(.manifestInvalid, "bad") }
      return try stage(claim)
    }
    let worker = try workshop.worker(executor, clock: clock)

    let running = Task { try await worker.run() }
    for await _ in begun { break }
    running.cancel()

    try await running.value
    #expect(try workshop.job().state == state)
    #expect(workshop.published() == (state == .succeeded ? "attempt 1" : nil))
    #expect(try workshop.staged() == [])
  }

  private func group(_ worker: WorkerService) -> ServiceGroup {
    ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          ServiceGroupConfiguration.ServiceConfiguration(
            service: worker, successTerminationBehavior: .gracefullyShutdownGroup)
        ],
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
  }
}
