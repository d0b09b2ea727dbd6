import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

// Rows may come from `sqlite3` too: one that nobody can read must not stand in the way of the others.
@Suite struct UnreadableRowTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
    try queue.submit("first", priority: 9)
    try queue.submit("run")
  }

  @Test(arguments: [
    "'$.run_id', '../up'", "'$.run_id', ''", "'$.backtest_run_id', 'a b'", "'$.backtest_run_id', json('[1]')",
  ])
  func `a job that cannot be read fails, and the next one is claimed`(change: String) throws {
    try queue.spoil("first", change)

    let claim = try queue.claim("w1", at: 1)

    #expect(claim?.request.runID == (try runID("run")))
    let row = try #require(try queue.raw().read { try Row.fetchOne($0, sql: "SELECT * FROM jobs WHERE id = 1") })
    #expect(row["state"] as String == "failed")
    #expect(row["error_code"] as String? == "queue_unreadable")
    #expect(row["finished_at"] as Int64? == instant(1).milliseconds)
    #expect(try queue.claim("w2", at: 2) == nil)
  }

  @Test func `a job that cannot be read does not keep the failed ones from being retried`() throws {
    try queue.spoil("first")
    let claim = try #require(try queue.claim("w1", at: 1))
    try queue.one.finish(claim, permanent, now: instant(2))

    let retried = try queue.one.retryFailed(now: instant(3))

    #expect(retried.map(\.request.runID) == [try runID("run")])
    #expect(try queue.two.overview().counts[.failed] == 1)
  }

  @Test func `what was to run after a job that cannot be read stays failed, and is in nobody's way`() throws {
    _ = try queue.one.submit(request("second"), JobOptions(after: runID("first")), now: instant(0))
    try queue.spoil("first")
    let claim = try #require(try queue.claim("w1", at: 1))
    try queue.one.finish(claim, permanent, now: instant(2))

    let retried = try queue.one.retryFailed(now: instant(3))
    let error = #expect(throws: JobStoreError.self) {
      try queue.one.retry([runID("second")], force: false, now: instant(4))
    }

    #expect(retried.map(\.request.runID) == [try runID("run")])
    #expect(try queue.job("second").errorCode == "dependency_failed")
    #expect(error?.code == .notRetryable)
  }

  @Test func `asking for a job that cannot be read says so`() throws {
    try queue.spoil("first")

    let error = #expect(throws: JobStoreError.self) { try queue.one.details(runID("first")) }

    #expect(error?.code == .unreadable)
    #expect(error?.message.contains("job 1") == true)
  }
}
