import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct HeartbeatTests {
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    try workshop.submit()
  }

  @Test func `the lease is renewed six times in its length, as long as the run is executed`() async throws {
    let beats = Beats()
    let clock = TestClock(sleeping: { try await beats.sleep($0) })
    let (done, finish) = AsyncStream<Void>.makeStream()
    let executor = FakeExecutor { claim in
      for await _ in done {}
      return try stage(claim)
    }
    let worker = try workshop.worker(executor, clock: clock)

    let step = Task { try await worker.step() }
    var leases: [UTCTimestamp?] = []
    for _ in 1...10 {
      await beats.untilAsleep()
      leases.append(try workshop.job().leaseUntil)
      beats.wake()
    }
    await beats.untilAsleep()
    finish.finish()

    #expect(leases == (0..<10).map { instant(30 + $0 * 5) })
    #expect(beats.lengths == Array(repeating: Workshop.heartbeat, count: 11))
    #expect(try await step.value == .worked)
    #expect(try workshop.details().attempts.map(\.outcome) == ["succeeded"])
  }

  @Test func `nobody takes over a run that is executed for longer than its lease`() async throws {
    let beats = Beats()
    let clock = TestClock(sleeping: { try await beats.sleep($0) })
    let (done, finish) = AsyncStream<Void>.makeStream()
    let executor = FakeExecutor { claim in
      for await _ in done {}
      return try stage(claim)
    }
    let worker = try workshop.worker(executor, clock: clock)

    let step = Task { try await worker.step() }
    for _ in 1...20 {
      await beats.untilAsleep()
      #expect(try workshop.queue.claimNext(worker: "w2", lease: Workshop.lease, now: clock.time.now) == nil)
      beats.wake()
    }
    await beats.untilAsleep()
    finish.finish()

    #expect(try await step.value == .worked)
    #expect(try workshop.job().attempt == 1)
    #expect(try workshop.job().state == .succeeded)
  }

  @Test func `a beat that finds the queue locked is made up for by the next`() async throws {
    let beats = Beats()
    let clock = TestClock(sleeping: { try await beats.sleep($0) })
    let (done, finish) = AsyncStream<Void>.makeStream()
    let executor = FakeExecutor { claim in
      for await _ in done {}
      return try stage(claim)
    }
    let worker = try workshop.worker(executor, clock: clock, deadline: .zero)

    let step = Task { try await worker.step() }
    await beats.untilAsleep()
    let lock = try QueueLock(workshop.path)
    beats.wake()
    await beats.untilAsleep()
    let refused = try workshop.job().leaseUntil
    lock.release()
    beats.wake()
    await beats.untilAsleep()
    let renewed = try workshop.job().leaseUntil
    finish.finish()

    #expect(refused == instant(30))
    #expect(renewed == instant(40))
    #expect(try await step.value == .worked)
    #expect(try workshop.job().state == .succeeded)
  }

  @Test func `an attempt that could not renew for its whole lease is given up`() async throws {
    let beats = Beats()
    let clock = TestClock(sleeping: { try await beats.sleep($0) })
    let stopped = Mutex(false)
    let executor = FakeExecutor { claim in
      let staged = try stage(claim)
      do {
        try await untilCancelled()
      } catch {
        stopped.withLock { $0 = true }
      }
      return staged
    }
    let worker = try workshop.worker(executor, clock: clock, deadline: .zero)

    let step = Task { try await worker.step() }
    await beats.untilAsleep()
    let lock = try QueueLock(workshop.path)
    for beat in 1...6 {
      beats.wake()
      if beat < 6 { await beats.untilAsleep() }
    }
    let turn = try await step.value
    lock.release()

    #expect(turn == .worked)
    #expect(stopped.withLock { $0 })
    #expect(workshop.published() == nil)
    #expect(try workshop.staged() == [])
    #expect(try workshop.queue.claimNext(worker: "w2", lease: Workshop.lease, now: instant(30))?.attempt == 2)
  }
}

/// Sleeps that last until the test ends them, one by one.
private final class Beats: Sendable {
  private let asleep = AsyncStream<Void>.makeStream()
  private let awake = AsyncStream<Void>.makeStream()
  private let slept = Mutex<[Duration]>([])

  /// How long each sleep was to last.
  var lengths: [Duration] { slept.withLock { $0 } }

  func sleep(_ duration: Duration) async throws {
    slept.withLock { $0.append(duration) }
    asleep.continuation.yield()
    var waking = awake.stream.makeAsyncIterator()
    _ = await waking.next()
  }

  /// Returns once the next sleep has begun.
  func untilAsleep() async {
    var sleeping = asleep.stream.makeAsyncIterator()
    _ = await sleeping.next()
  }

  /// Ends the sleep that has begun, or the next one.
  func wake() { awake.continuation.yield() }
}
