import GRDB
import PrepaperDomain
import PrepaperSQLite
import PrepaperTestSupport
import Synchronization
import Testing

@testable import PrepaperQueue
@testable import PrepaperWorker

// What a turn costs, and what it makes of a lock that cannot be had.
@Suite(.timeLimit(.minutes(5))) struct TurnTests {
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
  }

  @Test(arguments: [true, false])
  func `a turn asks once whether there is a job, and makes a lock only where there may be one`(isThere: Bool)
    async throws
  {
    if isThere { try workshop.submit() }
    let store = try openStore(workshop.path)
    let asked = Mutex(0)
    let made = Mutex(0)
    try store.store.withoutTransaction { database in
      database.trace { if "\($0)".contains("SELECT ((SELECT paused_at FROM gate)") { _ = asked.next() } }
    }
    let worker = try workshop.worker(FakeExecutor(), on: store, locks: NoLocks(making: { _ = made.next() }))

    let turn = try await worker.step()

    #expect(turn == (isThere ? .worked : .idle))
    #expect(asked.withLock { $0 } == 1)
    #expect(made.withLock { $0 } == (isThere ? 1 : 0))
  }

  @Test(arguments: [RunErrorCode.diskFull, .cannotWrite])
  func `a worker waits while its locks cannot be made, and claims then`(code: RunErrorCode) async throws {
    try workshop.submit()
    let tries = Mutex(0)
    let locks = NoLocks(making: { if tries.next() == 1 { throw RunError(code, "no lock") } })
    let worker = try workshop.worker(FakeExecutor(), locks: locks)

    let turns = [try await worker.step(), try await worker.step()]

    #expect(turns == [.refused, .worked])
    #expect(try workshop.job().attempt == 1)
  }

  @Test func `a worker whose locks end in an error that nobody knows ends, and has claimed nothing`() async throws {
    try workshop.submit()
    let error = RunError(.unexpected, "no lock")
    let worker = try workshop.worker(FakeExecutor(), locks: NoLocks(making: { throw error }))

    await #expect(throws: error) { try await worker.step() }

    #expect(try workshop.job().attempt == 0)
  }

  @Test(arguments: RunErrorCode.allCases)
  func `of a run's errors, those pass that a lock's making can end in`(code: RunErrorCode) {
    #expect(RunError(code, "").passes == [.cannotWrite, .diskFull, .readOnly, .outOfResources].contains(code))
  }

  @Test(arguments: [
    (ResultCode.SQLITE_BUSY, true), (.SQLITE_FULL, true), (.SQLITE_READONLY, true), (.SQLITE_CANTOPEN, false),
    (.SQLITE_CORRUPT, false), (.SQLITE_CONSTRAINT, false), (.SQLITE_ERROR, false),
  ])
  func `of a queue's failures, those pass that another process or a full disk makes`(code: ResultCode, passes: Bool)
    throws
  {
    let failure = try #require(throws: SQLiteFailure.self) {
      try workshop.queue.store.withoutTransaction { _ in throw DatabaseError(resultCode: code) }
    }

    #expect(failure.passes == passes)
  }

  @Test(arguments: [JobStoreError.replaced("queue.db"), CancellationError()] as [any Error])
  func `no other error passes`(error: any Error) {
    #expect(!error.passes)
  }
}
