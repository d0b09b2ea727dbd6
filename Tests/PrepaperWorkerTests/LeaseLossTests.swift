import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import Testing

// While an attempt is executed, its lease runs out and another worker takes the run over.
@Suite(.timeLimit(.minutes(5))) struct LeaseLossTests {
  let workshop: Workshop
  let clock = TestClock(sleeping: { _ in try await untilCancelled() })

  init() throws {
    workshop = try Workshop()
    try workshop.submit()
  }

  @Test func `an attempt that was taken over publishes nothing and leaves nothing`() async throws {
    let executor = FakeExecutor { [self] claim in
      let staged = try stage(claim)
      try takeOver()
      return staged
    }

    let turn = try await workshop.worker(executor, clock: clock).step()

    #expect(turn == .worked)
    try expectOnlyTheOther()
  }

  @Test func `the one that took over publishes and records, whatever the first one does after`() async throws {
    let executor = FakeExecutor { [self] claim in
      if claim.attempt == 1 {
        clock.time.advance(by: .seconds(31))
        for lost in try workshop.queue.running() { try workshop.queue.takeBack(lost, .silent, now: clock.now) }
        #expect(try await workshop.worker(FakeExecutor(), clock: clock).step() == .worked)
      }
      return try stage(claim)
    }

    let turn = try await workshop.worker(executor, clock: clock).step()

    let details = try workshop.details()
    #expect(turn == .worked)
    #expect((details.job.state, details.job.attempt) == (.succeeded, 2))
    #expect(details.attempts.map(\.outcome) == ["lost", "succeeded"])
    #expect(workshop.published() == "attempt 2")
    #expect(try workshop.staged() == [])
  }

  @Test(arguments: [RunErrorCode.manifestInvalid, .diskFull])
  func `an attempt that was taken over records no failure`(code: RunErrorCode) async throws {
    let executor = FakeExecutor { [self] _ in
      try takeOver()
      throw RunError(code, "too late")
    }

    let turn = try await workshop.worker(executor, clock: clock).step()

    #expect(turn == .worked)
    try expectOnlyTheOther()
  }

  @Test(arguments: [false, true])
  func `the heartbeat ends an attempt that was taken over, though it stages to the end`(gives: Bool) async throws {
    // The heartbeat finds out, for the executor goes on until it is told.
    let beating = TestClock(sleeping: { [self] _ in if try workshop.job().worker == "w1" { try takeOver() } })
    let executor = FakeExecutor { claim in
      let staged = try stage(claim)
      do {
        try await untilCancelled()
      } catch {
        if gives { return staged }
      }
      throw CancellationError()
    }

    let turn = try await workshop.worker(executor, clock: beating).step()

    #expect(turn == .worked)
    try expectOnlyTheOther()
  }

  @Test func `a job that was taken back and failed meanwhile stays failed`() async throws {
    let last = try Workshop()
    try last.submit(maxTries: 1)
    let executor = FakeExecutor { claim in
      #expect(try last.queue.claimNext(worker: "w2", lease: .seconds(30), now: instant(31)) == nil)
      return try stage(claim)
    }

    _ = try await last.worker(executor, clock: clock).step()

    #expect(try last.job().state == .failed)
    #expect(try last.job().errorCode == "worker_lost")
    #expect(last.published() == nil)
    #expect(try last.staged() == [])
  }

  @Test func `an attempt that gives itself up ends, does not count, and leaves the run to the next`() async throws {
    let executor = FakeExecutor { _ in throw CancellationError() }

    let turn = try await workshop.worker(executor, clock: clock).step()

    let details = try workshop.details()
    #expect(turn == .worked)
    #expect((details.job.state, details.job.tries) == (.queued, 0))
    #expect(details.attempts.map(\.outcome) == ["released"])
    #expect(try workshop.queue.claimNext(worker: "w2", lease: .seconds(30), now: instant(0))?.attempt == 2)
  }

  /// Lets the lease run out, and another worker claim the run.
  private func takeOver() throws {
    let claim = try workshop.queue.claimNext(worker: "w2", lease: .seconds(300), now: instant(31))
    try #require(claim?.attempt == 2)
  }

  private func expectOnlyTheOther() throws {
    let details = try workshop.details()
    #expect((details.job.state, details.job.worker, details.job.attempt) == (.running, "w2", 2))
    #expect(details.job.leaseUntil == instant(331))
    #expect(details.attempts.map(\.outcome) == ["lost", nil])
    #expect(workshop.published() == nil)
    #expect(try workshop.staged() == [])
  }
}
