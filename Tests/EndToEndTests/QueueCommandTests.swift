import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `the queue from submit to status` {
  @Test func `a run goes from submit through a worker to status with its files`() throws {
    let program = try Program()
    try program.write(backtest: "B")

    let submitted = try program.run("submit", "--backtest-run-id", "B", "--run-id", "R", "--json")
    let worker = try program.run("worker", "--drain")
    let status = try program.run("status", "R", "--json")

    #expect(try submitted.json["created"] == .bool(true))
    #expect(try submitted.json["job"]?["state"] == .string("queued"))
    #expect(worker.status == 0)
    guard case .array(let jobs)? = try status.json["jobs"], let job = jobs.first,
      case .array(let artifacts)? = job["artifacts"]
    else {
      Issue.record("no job in \(status.output)")
      return
    }
    #expect(job["state"] == .string("succeeded") && job["result"] == .string("SUCCESS"))
    #expect(job["synthetic"] == .bool(true))
    #expect(artifacts.count == 6)
    for artifact in artifacts {
      let path = try #require(artifact["path"]?.stringValue)
      let sum = try program.tool("/usr/bin/sha256sum", path).output.prefix(64)
      #expect(artifact["sha256"]?.stringValue == String(sum))
    }
  }

  @Test func `submitting again gives the job that is there; another request is refused`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    #expect(try program.run("submit", "--backtest-run-id", "B", "--run-id", "R").status == 0)

    let again = try program.run("submit", "--backtest-run-id", "B", "--run-id", "R", "--json")
    let other = try program.run(
      "submit", "--backtest-run-id", "B", "--run-id", "R", "--replay-date", "2025-12-15", "--json")

    #expect(again.status == 0)
    #expect(try again.json["created"] == .bool(false))
    #expect(other.status == 65)
    #expect(try other.errorCode == "request_conflict")
    #expect(
      try program.query(program.queuePath, "SELECT count(*), request ->> '$.replay_date' IS NULL FROM jobs") == "1|1")
  }

  @Test func `asking for a run without a queue says so and makes none`() throws {
    let program = try Program()

    let status = try program.run("status", "R", "--json")

    #expect(status.status == 3)
    #expect(try status.errorCode == "no_such_run")
    #expect(try program.run("list", "--json").json["jobs"] == .array([]))
    #expect(try program.run("status").status == 0)
    #expect(try program.files() == [])
  }

  @Test func `a permanent failure is final at once, and succeeds when its cause is mended`() throws {
    let program = try Program()
    try program.write(backtest: "OTHER")
    #expect(try program.run("submit", "--backtest-run-id", "B", "--run-id", "R").status == 0)
    #expect(try program.run("worker", "--drain").status == 0)
    let failed = try program.run("status", "R", "--json")

    try program.write(backtest: "B")
    let retried = try program.run("retry", "--failed", "--json")
    #expect(try program.run("worker", "--drain").status == 0)

    guard case .array(let before)? = try failed.json["jobs"], case .array(let queued)? = try retried.json["jobs"] else {
      Issue.record("no jobs")
      return
    }
    #expect(before.first?["error"]?["code"] == .string("manifest_not_found"))
    #expect(before.first?["attempt"] == .integer(1))
    #expect(queued.first?["state"] == .string("queued"))
    #expect(try program.query(program.queuePath, "SELECT state, attempt, tries FROM jobs") == "succeeded|2|1")
  }

  @Test func `a transient failure comes back after a while and succeeds`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    #expect(try program.run("submit", "--backtest-run-id", "B", "--run-id", "R").status == 0)
    // Somebody else holds the place where the first attempt would write.
    try program.directory.write("", to: "artifacts/prepaper/.staging/R.1/left-behind")
    let holder = try RunningProgram(
      path: "/usr/bin/flock",
      arguments: ["artifacts/prepaper/.staging/R.1", "/usr/bin/sleep", "60"], environment: program.environment,
      directory: program.directory.path)
    defer { holder.send(SIGKILL) }
    while try program.tool("/usr/bin/flock", "-n", "artifacts/prepaper/.staging/R.1", "/usr/bin/true").status == 0 {}

    let worker = try program.run("worker", "--drain", "--retry-delay", "0.1")

    #expect(worker.status == 0)
    #expect(worker.errors.contains("try 1 of 3 failed (store_busy)"), "\(worker.errors)")
    #expect(
      try program.query(
        program.queuePath, "SELECT group_concat(kind, ' ') FROM (SELECT kind FROM job_events ORDER BY seq)")
        == "submitted claimed scheduled due claimed succeeded")
  }

  @Test func `higher priority goes first`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    for (run, priority) in [("LOW", "-1"), ("FIRST", "0"), ("SECOND", "0"), ("HIGH", "7")] {
      #expect(
        try program.run("submit", "--backtest-run-id", "B", "--run-id", run, "--priority=\(priority)").status == 0)
    }

    #expect(try program.run("worker", "--drain").status == 0)

    let order = try program.query(
      program.queuePath,
      "SELECT group_concat(run_id, ' ') FROM (SELECT run_id FROM attempts JOIN jobs ON id = job_id ORDER BY attempts.started_at, id)"
    )
    #expect(order == "HIGH FIRST SECOND LOW")
  }

  @Test func `eight workers run 500 jobs, each of them once, and nobody hears of a locked database`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    let lines = (0..<500).map { #"{"run_id": "RUN\#($0)", "backtest_run_id": "B"}"# }.joined(separator: "\n")
    #expect(try program.start(["submit", "--bulk"], input: lines).wait().status == 0)

    let workers = try (0..<8).map { _ in try program.start(["worker", "--drain"]) }
    let results = try workers.map { try $0.wait() }

    #expect(results.allSatisfy { $0.status == 0 })
    #expect(!results.contains { $0.errors.contains("locked") || $0.errors.contains("error:") })
    #expect(
      try program.query(program.queuePath, "SELECT count(*), sum(attempt), sum(state = 'succeeded') FROM jobs")
        == "500|500|500")
    #expect(try program.query(program.queuePath, "SELECT count(DISTINCT job_id), count(*) FROM attempts") == "500|500")
    #expect(
      try program.query("state/prepaper/signals_fake.db", "SELECT count(DISTINCT run_id), count(*) FROM signals")
        == "500|1000")
    let check = try program.run("queue", "check")
    #expect(check.status == 0, "\(check.output)")
  }
}
