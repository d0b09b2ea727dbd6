import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

// What the store never writes, the file refuses from anybody else too: `sqlite3`, an older or a broken version.
@Suite struct ConstraintTests {
  static let refused = [
    ("UPDATE jobs SET state = 'running', lease_until = 1", "(state = 'running') = (worker IS NOT NULL)"),
    ("UPDATE jobs SET state = 'running', worker = 'w'", "(state = 'running') = (lease_until IS NOT NULL)"),
    ("UPDATE jobs SET worker = 'w'", "(state = 'running') = (worker IS NOT NULL)"),
    ("UPDATE jobs SET lease_until = 1", "(state = 'running') = (lease_until IS NOT NULL)"),
    ("UPDATE jobs SET state = 'scheduled'", "(state = 'scheduled') = (run_at IS NOT NULL OR waits_for IS NOT NULL)"),
    ("UPDATE jobs SET run_at = 1", "(state = 'scheduled') = (run_at IS NOT NULL OR waits_for IS NOT NULL)"),
    ("UPDATE jobs SET waits_for = 1", "(state = 'scheduled') = (run_at IS NOT NULL OR waits_for IS NOT NULL)"),
    ("UPDATE jobs SET state = 'scheduled', waits_for = 9", "FOREIGN KEY"),
    ("UPDATE jobs SET cancel_requested_at = 1", "cancel_requested_at IS NULL OR state = 'running'"),
    ("UPDATE jobs SET held = 1", "held = 0 OR (state = 'queued' AND concurrency_key IS NOT NULL)"),
    (
      "UPDATE jobs SET held = 1, concurrency_key = 'k', state = 'failed', error_code = 'e'",
      "held = 0 OR (state = 'queued' AND concurrency_key IS NOT NULL)"
    ),
    ("UPDATE jobs SET held = 2, concurrency_key = 'k'", "held IN (0, 1)"),
    ("UPDATE jobs SET timeout_ms = 0", "timeout_ms > 0"),
    ("UPDATE jobs SET state = 'succeeded', synthetic = 0", "(state = 'succeeded') = (result IS NOT NULL)"),
    ("UPDATE jobs SET state = 'succeeded', result = 'SUCCESS'", "(state = 'succeeded') = (synthetic IS NOT NULL)"),
    ("UPDATE jobs SET result = 'SUCCESS'", "(state = 'succeeded') = (result IS NOT NULL)"),
    ("UPDATE jobs SET state = 'succeeded', synthetic = 0, result = 'DONE'", "result IN ('SUCCESS', 'NO_SIGNALS')"),
    ("UPDATE jobs SET state = 'failed'", "state <> 'failed' OR error_code IS NOT NULL"),
    ("UPDATE jobs SET state = 'paused'", "state IN ('queued',"),
    ("UPDATE jobs SET synthetic = 2", "synthetic IN (0, 1)"),
    ("UPDATE jobs SET attempt = -1, tries = -1", "attempt >= 0"),
    ("UPDATE jobs SET tries = attempt + 1", "tries BETWEEN 0 AND attempt"),
    ("UPDATE jobs SET max_tries = 0", "max_tries >= 1"),
    ("UPDATE jobs SET request = json_set(request, '$.artifacts_root', 'artifacts')", "artifacts_root LIKE '/%'"),
    ("UPDATE jobs SET request = '{}'", "NOT NULL constraint failed: jobs.run_id"),
    ("UPDATE jobs SET request = json_remove(request, '$.backtest_run_id')", "NOT NULL constraint failed"),
    ("UPDATE jobs SET request = NULL", "NOT NULL constraint failed: jobs.request"),
    ("UPDATE jobs SET priority = 'high'", "cannot store TEXT value in INTEGER column jobs.priority"),
    ("UPDATE jobs SET submitted_at = NULL", "NOT NULL constraint failed: jobs.submitted_at"),
    ("UPDATE jobs SET request = json_set(request, '$.run_id', 'run')", "UNIQUE constraint failed: jobs.run_id"),
    ("UPDATE attempts SET finished_at = 1", "(finished_at IS NULL) = (outcome IS NULL)"),
    ("UPDATE attempts SET outcome = 'lost'", "(finished_at IS NULL) = (outcome IS NULL)"),
    (
      "UPDATE attempts SET outcome = 'tired', finished_at = 1",
      "outcome IN ('succeeded', 'failed', 'lost', 'cancelled', 'released')"
    ),
    ("UPDATE attempts SET exit_status = 1, signal = 9", "exit_status IS NULL OR signal IS NULL"),
    ("UPDATE attempts SET log = NULL", "NOT NULL constraint failed: attempts.log"),
    ("UPDATE attempts SET attempt = 0", "attempt >= 1"),
    (
      "INSERT INTO attempts (job_id, attempt, worker, log, started_at) VALUES (1, 1, 'w', 'l', 0)",
      "UNIQUE constraint failed"
    ),
    ("INSERT INTO attempts (job_id, attempt, worker, log, started_at) VALUES (9, 1, 'w', 'l', 0)", "FOREIGN KEY"),
    ("INSERT INTO job_events (job_id, attempt, kind, at) VALUES (9, 1, 'claimed', 0)", "FOREIGN KEY"),
    ("INSERT INTO job_events (job_id, attempt, kind, at) VALUES (1, 1, 'painted', 0)", "kind IN"),
    ("INSERT INTO artifacts VALUES (1, 'plan.json', 2, 'abc')", "length(sha256) = 64"),
    ("INSERT INTO artifacts VALUES (1, 'plan.json', -1, printf('%064d', 0))", "bytes >= 0"),
    ("INSERT INTO artifacts VALUES (9, 'plan.json', 1, printf('%064d', 0))", "FOREIGN KEY"),
    ("INSERT INTO gate (id) VALUES (2)", "id = 1"),
  ]

  @Test(arguments: refused)
  func `an impossible row is refused`(sql: String, rule: String) throws {
    let queue = try QueueFile()
    _ = try queue.submitClaimed("run")
    try queue.submit("waiting")
    let content = try queue.content()

    let error = #expect(throws: DatabaseError.self) {
      // The attempts are the first job's, all other statements aim at the second.
      try queue.raw().write { database in
        try database.execute(sql: sql.hasPrefix("UPDATE jobs") ? "\(sql) WHERE run_id = 'waiting'" : sql)
      }
    }

    #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    #expect(error?.message?.contains(rule) == true, "\(error?.message ?? "")")
    #expect(try queue.content() == content)
  }

  @Test func `a request that is not JSON is refused`() throws {
    let queue = try QueueFile()
    try queue.submit("run")

    let error = #expect(throws: DatabaseError.self) {
      try queue.raw().write { try $0.execute(sql: "UPDATE jobs SET request = 'not JSON'") }
    }

    // The generated columns see it before the constraint does.
    #expect(error?.message == "malformed JSON")
    #expect(try queue.job().request.runID == (try runID("run")))
  }

  @Test func `what belongs to a job goes with it`() throws {
    let queue = try QueueFile()
    let claim = try queue.submitClaimed()
    let file = ArtifactFile(path: "plan.json", bytes: 2, sha256: String(repeating: "0", count: 64))
    try queue.one.finish(claim, published(files: [file]), now: instant(1))

    try queue.raw().write { try $0.execute(sql: "DELETE FROM jobs") }

    let left = try queue.content().filter { !$0.hasPrefix("counters") && !$0.hasPrefix("gate") }
    #expect(left == [])
  }
}
