import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

@Suite struct OverviewTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `an empty queue has no job in any state`() throws {
    let overview = try queue.one.overview()

    #expect(overview.counts == Dictionary(uniqueKeysWithValues: JobState.allCases.map { ($0, 0) }))
    #expect(overview.oldestQueuedSince == nil && overview.nextRunAt == nil && overview.nextLeaseEnd == nil)
    #expect(overview.open == 0)
  }

  @Test func `an overview counts each state, and knows what comes next`() throws {
    for (number, ended) in Ended.allCases.enumerated() { try ended.make("run-\(number)", in: queue) }
    try Ended.running.make("running-too", in: queue)
    try Ended.scheduled.make("scheduled-too", in: queue)
    try queue.submit("old", at: -20)
    try queue.submit("new", at: 20)

    let overview = try queue.two.overview()

    #expect(
      overview.counts == [.queued: 3, .scheduled: 2, .running: 2, .succeeded: 2, .failed: 1, .cancelled: 1])
    #expect(overview.open == 7)
    #expect(overview.oldestQueuedSince == instant(-20))
    #expect(overview.nextRunAt == instant(601))
    #expect(overview.nextLeaseEnd == instant(30))
  }

  @Test func `an overview counts how attempts ended, also those of jobs that are gone`() throws {
    let outcomes = [published(), permanent, transient(), .cancelled, .released, .released]
    for (number, outcome) in outcomes.enumerated() {
      try queue.submit("run-\(number)", priority: 10 - number)
      try queue.one.finish(try #require(try queue.claim("w1")), outcome, now: instant(1))
    }
    _ = try queue.claim("w1", at: 2)
    try queue.one.takeBack(try #require(try queue.one.running().first), .died, now: instant(3))
    _ = try queue.claim("w1", at: 4)
    let expected = ["succeeded": 1, "failed": 2, "cancelled": 1, "released": 2, "lost": 1]

    #expect(try queue.two.overview().attempts == expected)
    #expect(try queue.one.prune(endedBefore: instant(5)) { _ in } == 3)
    #expect(try queue.two.overview().attempts == expected)
    #expect(try queue.breach() == nil)
  }

  @Test func `jobs are listed newest first, of one state or of all, up to a limit`() throws {
    for name in ["a", "b", "c", "d"] { try queue.submit(name) }
    _ = try queue.claim("w1")

    func names(_ state: JobState?, _ limit: Int) throws -> [String] {
      try queue.two.jobs(state: state, limit: limit).map(\.request.runID.description)
    }

    #expect(try names(nil, 10) == ["d", "c", "b", "a"])
    #expect(try names(nil, 2) == ["d", "c"])
    #expect(try names(.queued, 10) == ["d", "c", "b"])
    #expect(try names(.running, 10) == ["a"])
    #expect(try names(.failed, 10) == [])
  }

  @Test func `a store hears of the commits of others, not of its own`() throws {
    let before = try queue.one.dataVersion()

    try queue.submit("mine")
    let afterMine = try queue.one.dataVersion()
    _ = try queue.two.submit(request("theirs"), now: instant(1))
    let afterTheirs = try queue.one.dataVersion()

    #expect(afterMine == before)
    #expect(afterTheirs != before)
  }

  @Test func `people can read the jobs with sqlite3`() throws {
    let claim = try queue.submitClaimed()
    try queue.one.finish(claim, published(), now: instant(2))

    let row = try #require(try queue.raw().read { try Row.fetchOne($0, sql: "SELECT * FROM v_jobs") })

    #expect(row["run_id"] as String == "run")
    #expect(row["submitted"] as String == "2025-06-15 15:06:40")
    #expect(row["finished"] as String == "2025-06-15 15:06:42")
    #expect(row["seconds"] as Double == 2)
  }
}
