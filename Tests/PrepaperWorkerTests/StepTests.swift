import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite
import PrepaperTestSupport
import PrepaperWorker
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct StepTests {
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
  }

  @Test(arguments: [(false, WorkerService.Turn.idle), (true, .drained)])
  func `an empty queue leaves a worker idle, or drained`(drains: Bool, turn: WorkerService.Turn) async throws {
    let executor = FakeExecutor()

    let answer = try await workshop.worker(executor, drains: drains).step()

    #expect(answer == turn)
    #expect(executor.claims.isEmpty)
  }

  @Test func `a turn works one job off`() async throws {
    try workshop.submit("first")
    try workshop.submit("second")
    let executor = FakeExecutor()
    let worker = try workshop.worker(executor, drains: true)

    let turns = [try await worker.step(), try await worker.step(), try await worker.step()]

    #expect(turns == [.worked, .worked, .drained])
    #expect(executor.claims.map(\.request.runID.description) == ["first", "second"])
  }

  @Test func `a draining worker waits for jobs that may come back`() async throws {
    try workshop.submit("scheduled")
    try workshop.submit("running")
    let worker = try workshop.worker(
      FakeExecutor { _ in throw RunError(.storeBusy, "later") }, drains: true)
    _ = try await worker.step()
    let other = try #require(try workshop.queue.claimNext(worker: "w2", lease: .seconds(60), now: instant(0)))

    let withBoth = try await worker.step()
    try workshop.queue.finish(other, .failed(RunError(.unexpected, ""), retryAfter: .zero), now: instant(1))
    let withScheduled = try await worker.step()

    #expect(withBoth == .idle)
    #expect(withScheduled == .idle)
    #expect(try workshop.queue.overview().counts[.scheduled] == 1)
  }

  @Test(arguments: [RunStatus.success, .noSignals])
  func `a staged run is published and recorded`(status: RunStatus) async throws {
    try workshop.submit()
    let executor = FakeExecutor { try stage($0, status: status) }

    let turn = try await workshop.worker(executor).step()

    let details = try workshop.details()
    #expect(turn == .worked)
    #expect((details.job.state, details.job.result, details.job.isSynthetic) == (.succeeded, status, true))
    #expect(details.job.reason == (status == .noSignals ? "insufficient_history" : nil))
    #expect(details.job.runDirectory == "\(workshop.root)/prepaper/run")
    #expect(details.files.map(\.path) == ["plan.json"])
    #expect(workshop.published() == "attempt 1")
    #expect(try workshop.staged() == [])
  }

  @Test func `a failure that may pass is recorded with its wait, and nothing is published`() async throws {
    try workshop.submit()

    _ = try await workshop.worker(FakeExecutor { _ in throw RunError(.diskFull, "no room") }).step()

    let job = try workshop.job()
    #expect((job.state, job.errorCode, job.errorMessage) == (.scheduled, "disk_full", "no room"))
    #expect(job.runAt == instant(5))
    #expect(workshop.published() == nil)
  }

  @Test func `the wait doubles with each failure, and the last try ends it`() async throws {
    try workshop.submit(maxTries: 3)
    let clock = TestClock()
    let worker = try workshop.worker(FakeExecutor { _ in throw RunError(.storeBusy, "later") }, clock: clock)

    var waits: [Duration?] = []
    for _ in 1...3 {
      #expect(try await worker.step() == .worked)
      waits.append(try workshop.job().runAt.map { $0 - clock.time.now })
      clock.time.advance(by: .seconds(60))
    }

    #expect(waits == [.seconds(5), .seconds(10), nil])
    #expect(try workshop.job().state == .failed)
    #expect(try await worker.step() == .idle)
  }

  @Test(arguments: [RunErrorCode.diskFull, .readOnly, .outOfResources])
  func `a place that is out of use takes no try, however often, and the wait doubles to a minute`(
    code: RunErrorCode
  ) async throws {
    try workshop.submit(maxTries: 1)
    let clock = TestClock()
    let worker = try workshop.worker(FakeExecutor { _ in throw RunError(code, "no room") }, clock: clock)

    var waits: [Duration?] = []
    for _ in 1...6 {
      #expect(try await worker.step() == .worked)
      waits.append(try workshop.job().runAt.map { $0 - clock.time.now })
      clock.time.advance(by: .seconds(60))
    }

    #expect(waits == [5, 10, 20, 40, 60, 60].map { .seconds($0) })
    let details = try workshop.details()
    #expect((details.job.state, details.job.tries, details.job.errorCode) == (.scheduled, 0, code.rawValue))
    #expect(details.attempts.map(\.outcome) == Array(repeating: "released", count: 6))
    #expect(details.attempts.map(\.errorCode) == Array(repeating: code.rawValue, count: 6))
  }

  @Test func `while a root is full, only runs for others are claimed, and the first success ends its wait`()
    async throws
  {
    for name in ["full-1", "full-2", "full-3"] { try workshop.submit(name) }
    let isFull = Mutex(true)
    let root = workshop.root
    let executor = FakeExecutor { claim in
      if claim.request.artifactsRoot == root, isFull.withLock({ $0 }) { throw RunError(.diskFull, "no room") }
      return try stage(claim)
    }
    let clock = TestClock()
    let worker = try workshop.worker(executor, clock: clock)
    #expect(try await worker.step() == .worked)
    try workshop.submit("other", root: workshop.directory.path)

    let turns = [try await worker.step(), try await worker.step()]
    clock.time.advance(by: .seconds(4))
    #expect(try await worker.step() == .idle)
    isFull.withLock { $0 = false }
    clock.time.advance(by: .seconds(1))
    for _ in 1...3 { #expect(try await worker.step() == .worked) }

    #expect(turns == [.worked, .idle])
    #expect(executor.claims.map(\.request.runID.description) == ["full-1", "other", "full-1", "full-2", "full-3"])
    #expect(try workshop.queue.overview().counts[.succeeded] == 4)
  }

  @Test(arguments: [(RunErrorCode.manifestInvalid, "manifest_invalid"), (.unexpected, "unexpected")])
  func `a failure that will not pass ends the run at once`(code: RunErrorCode, recorded: String) async throws {
    try workshop.submit()

    let turn = try await workshop.worker(FakeExecutor { _ in throw RunError(code, "bad") }).step()

    let job = try workshop.job()
    #expect(turn == .worked)
    #expect((job.state, job.errorCode, job.errorMessage, job.tries) == (.failed, recorded, "bad", 1))
    #expect(workshop.published() == nil)
  }

  @Test func `an error that nobody expected ends the run, and says what it was`() async throws {
    try workshop.submit()

    let turn = try await workshop.worker(FakeExecutor { _ in throw Surprise.struck }).step()

    let job = try workshop.job()
    #expect(turn == .worked)
    #expect((job.state, job.errorCode) == (.failed, "unexpected"))
    #expect(job.errorMessage?.contains("struck") == true)
  }

  @Test func `a later run takes the place of an earlier one as a whole`() async throws {
    try workshop.submit()
    let worker = try workshop.worker(FakeExecutor())
    _ = try await worker.step()
    _ = try workshop.queue.retry([runID("run")], force: true, now: instant(1))

    _ = try await worker.step()

    #expect(workshop.published() == "attempt 2")
    #expect(try workshop.staged() == [])
  }

  @Test func `a claim rings the bell, so that others listen to its lock while it runs`() async throws {
    try workshop.submit()
    let bell = CountingBell()
    let rings = Mutex<[Int]>([])
    let executor = FakeExecutor { claim in
      rings.withLock { $0.append(bell.rings.withLock { $0 }) }
      return try stage(claim)
    }

    _ = try await workshop.worker(executor, doorbell: bell).step()

    #expect(rings.withLock { $0 } == [1])
    #expect(bell.rings.withLock { $0 } == 2)
  }

  @Test func `a job's claim is committed when it is told of`() async throws {
    try workshop.submit()
    let told = Mutex<[JobState]>([])

    _ = try await workshop.worker(FakeExecutor()).step {
      do {
        let state = try workshop.job().state
        told.withLock { $0.append(state) }
      } catch {
        Issue.record(error)
      }
    }

    #expect(told.withLock { $0 } == [.running])
  }
}

/// Counts how often it was rung.
private final class CountingBell: Doorbell {
  let rings = Mutex(0)

  func ring() { rings.withLock { $0 += 1 } }
}

/// An error of no layer.
private enum Surprise: Error {
  case struck
}
