import Foundation
import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

// A queue keeps its finished jobs: what is done must not make a claim slower.
@Suite struct ClaimCostTests {
  @Test func `the next job is found by the index of waiting jobs, already sorted`() throws {
    let queue = try QueueFile()
    try queue.addFinished(20_000)

    let plan = try queue.plan(
      "SELECT id FROM jobs WHERE state = 'queued' AND held = 0 ORDER BY priority DESC, id LIMIT 1")

    #expect(plan.contains("USING INDEX jobs_queued"))
    #expect(!plan.contains("TEMP B-TREE"))
  }

  @Test(arguments: [
    (
      "SELECT id FROM jobs WHERE state = 'scheduled' AND waits_for IS NULL AND run_at <= 5", "jobs_scheduled (run_at<?)"
    ),
    ("SELECT id FROM jobs WHERE state = 'running' AND lease_until <= 5", "jobs_running (lease_until<?)"),
  ])
  func `jobs that are due or lost are found by an index`(sql: String, index: String) throws {
    let queue = try QueueFile()
    try queue.addFinished(20_000)

    #expect(try queue.plan(sql).contains(index))
  }

  // In a child, where nobody else reads: a connection with an empty cache reads each page that it needs once.
  @Test func `a claim reads few pages, however many jobs are finished, scheduled or running`() async {
    await #expect(processExitsWith: .success) {
      let queue = try QueueFile()
      try queue.addFinished(20_000)
      try queue.addOpen(5_000)
      try queue.submit("run", priority: 1)
      try queue.raw().writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
      let store = try openStore(queue.path)

      let before = try readCalls()
      let claim = try store.claim(worker: "w1", lease: .seconds(30), now: instant(0))
      let reads = try readCalls() - before

      #expect(claim?.request.runID == (try runID("run")))
      #expect(reads > 0)
      #expect(reads < 100, "a claim made \(reads) read calls")
    }
  }

  @Test func `jobs that their key holds back cost a claim nothing, nor do they cost each other`() async {
    await #expect(processExitsWith: .success) {
      let queue = try QueueFile()
      try queue.addFinished(20_000)
      try queue.addHeld(20_000)
      _ = try queue.one.submit(request("run"), JobOptions(priority: 1, concurrencyKey: "key"), now: instant(0))
      try queue.raw().writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
      let store = try openStore(queue.path)

      let before = try readCalls()
      let claim = try #require(try store.claim(worker: "w1", lease: .seconds(30), now: instant(0)))
      let none = try store.claim(worker: "w2", lease: .seconds(30), now: instant(0))
      try store.finish(claim, published(), now: instant(1))
      let next = try store.claim(worker: "w2", lease: .seconds(30), now: instant(1))
      let reads = try readCalls() - before

      #expect(claim.request.runID == (try runID("run")))
      #expect(none == nil)
      #expect(next?.request.runID == (try runID("held-1")))
      #expect(reads > 0)
      #expect(reads < 100, "three claims and an end made \(reads) read calls")
    }
  }
}

/// How often this process asked the kernel to read.
private func readCalls() throws -> Int {
  let counters = try String(contentsOfFile: "/proc/self/io", encoding: .utf8)
  let line = try #require(counters.split(separator: "\n").first { $0.hasPrefix("syscr") })
  return try #require(line.split(separator: " ").last.flatMap { Int($0) })
}

extension QueueFile {
  /// Adds jobs that are done.
  fileprivate func addFinished(_ count: Int) throws {
    try add(count, columns: "state, result, synthetic", values: "'succeeded', 'SUCCESS', 0", name: "done")
  }

  /// Adds as many jobs that are not yet due, and as many that others run.
  fileprivate func addOpen(_ count: Int) throws {
    let later = instant(3600).milliseconds
    try add(count, columns: "state, run_at", values: "'scheduled', \(later)", name: "later")
    try add(count, columns: "state, worker, lease_until", values: "'running', 'w', \(later)", name: "running")
  }

  /// Adds jobs of one key, of which the oldest may go.
  fileprivate func addHeld(_ count: Int) throws {
    try add(count, columns: "state, concurrency_key, held", values: "'queued', 'key', i > 1", name: "held")
  }

  /// How SQLite goes about a statement.
  fileprivate func plan(_ sql: String) throws -> String {
    try raw().read { database in
      try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
        .joined(separator: "\n")
    }
  }

  private func add(_ count: Int, columns: String, values: String, name: String) throws {
    try raw().write { database in
      try database.execute(
        sql: """
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
          INSERT INTO jobs (request, priority, attempt, tries, max_tries, queued_at, submitted_at, \(columns))
          SELECT json_object('run_id', '\(name)-' || i, 'backtest_run_id', 'backtest', 'artifacts_root',
            '/srv/artifacts'), 0, 1, 1, 3, 0, 0, \(values) FROM n
          """)
    }
  }
}
