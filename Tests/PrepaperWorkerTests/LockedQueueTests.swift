import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite
import PrepaperTestSupport
import PrepaperWorker
import Synchronization
import Testing

// Another process keeps the queue locked for longer than the worker's connection waits.
@Suite(.timeLimit(.minutes(5))) struct LockedQueueTests {
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    try workshop.submit()
  }

  @Test func `a worker that cannot claim tells nothing, and claims when it can`() async throws {
    let executor = FakeExecutor()
    let worker = try workshop.worker(executor, deadline: .zero)
    let lock = try QueueLock(workshop.path)

    let turn = try await worker.step { Issue.record("nothing was claimed") }
    lock.release()

    #expect(turn == .refused)
    #expect(executor.claims.isEmpty)
    #expect(try workshop.job().attempt == 0)
    #expect(try await worker.step() == .worked)
  }

  @Test func `a draining worker that cannot claim gives up`() async throws {
    let worker = try workshop.worker(FakeExecutor(), drains: true, deadline: .zero)
    let lock = try QueueLock(workshop.path)

    let failure = await #expect(throws: SQLiteFailure.self) { try await worker.step() }
    lock.release()

    #expect(failure?.kind == .busy)
    #expect(try workshop.job().attempt == 0)
  }

  @Test func `a worker that was cancelled tries its outcome again and again, and rests in between`() async throws {
    let (started, begin) = AsyncStream<Void>.makeStream()
    let lock = Mutex<QueueLock?>(nil)
    let looks = Mutex(0)
    let clock = TestClock(looking: { _ = looks.next() }, sleeping: { _ in try await untilCancelled() })
    let executor = FakeExecutor { [workshop] _ in
      begin.yield()
      do { try await untilCancelled() } catch { try lock.withLock { $0 = try QueueLock(workshop.path) } }
      throw CancellationError()
    }
    let worker = try workshop.worker(executor, clock: clock, deadline: .zero)

    let running = Task { try await worker.run() }
    for await _ in started { break }
    running.cancel()
    try await eventually("the queue is locked") { lock.withLock { $0 != nil } }
    let (before, begun) = (looks.withLock { $0 }, ContinuousClock.now)
    // One look at the time for each try.
    try await eventually("it has tried six times") { looks.withLock { $0 } >= before + 6 }
    let waited = ContinuousClock.now - begun
    lock.withLock { $0?.release() }
    try await running.value

    // Five tries can have come before the sixth; without a rest thousands come in that time.
    #expect(waited >= .milliseconds(800))
    #expect(try workshop.job().state == .queued)
  }

  @Test(arguments: Moment.allCases)
  func `an outcome is recorded when the lock is gone, however often it was refused`(moment: Moment) async throws {
    let lock = Mutex<QueueLock?>(nil)
    let refusals = Mutex(0)
    let hold: @Sendable () -> Void = { [workshop] in
      do {
        try lock.withLock { if $0 == nil, refusals.withLock({ $0 }) == 0 { $0 = try QueueLock(workshop.path) } }
      } catch {
        Issue.record(error)
      }
    }
    let clock = TestClock(
      looking: { [workshop] in if moment == .afterPublication, workshop.published() != nil { hold() } },
      sleeping: { duration in
        guard duration != Workshop.heartbeat else { return try await untilCancelled() }
        // The lease is long over when the lock is let go, but nobody could take the run back either.
        if refusals.next() == 200 { lock.withLock { $0?.release() } }
      })
    let executor = FakeExecutor { claim in
      if moment != .afterPublication { hold() }
      if moment == .afterFailure { throw RunError(.manifestInvalid, "bad") }
      return try stage(claim)
    }

    let turn = try await workshop.worker(executor, clock: clock, deadline: .zero).step()

    let details = try workshop.details()
    #expect(turn == .worked)
    #expect(refusals.withLock { $0 } == 200)
    #expect(details.job.state == (moment == .afterFailure ? .failed : .succeeded))
    #expect(details.attempts.map(\.outcome) == [moment == .afterFailure ? "failed" : "succeeded"])
    #expect(workshop.published() == (moment == .afterFailure ? nil : "attempt 1"))
    #expect(try workshop.staged() == [])
  }

  @Test func `an outcome outlives the cancellation of its worker`() async throws {
    let lock = Mutex<QueueLock?>(nil)
    let asleep = Mutex(false)
    let clock = TestClock(
      looking: { [workshop] in
        // Held from the publication on, let go once the worker is cancelled and has been refused again.
        guard workshop.published() != nil else { return }
        do {
          try lock.withLock { if $0 == nil { $0 = try QueueLock(workshop.path) } }
        } catch {
          Issue.record(error)
        }
      },
      sleeping: { duration in
        guard duration != Workshop.heartbeat else { return try await untilCancelled() }
        if Task.isCancelled {
          if asleep.withLock({ $0 }) { lock.withLock { $0?.release() } }
          asleep.withLock { $0 = true }
        } else {
          unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        }
      })
    let worker = try workshop.worker(FakeExecutor(), clock: clock, deadline: .zero)

    let turn = try await Task { try await worker.step() }.value

    #expect(turn == .worked)
    #expect(try workshop.job().state == .succeeded)
    #expect(workshop.published() == "attempt 1")
  }
}

/// When the lock is taken.
enum Moment: CaseIterable {
  case afterFailure, beforePublication, afterPublication
}
