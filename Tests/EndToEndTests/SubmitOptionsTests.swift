import Foundation
import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `how a job is to be treated` {
  @Test func `a delay and a time make it wait until then`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    try program.submit("DELAYED", "--delay", "3600")
    try program.submit("AT", "--at", "2999-01-01T00:00:00+01:00")
    try program.submit("PAST", "--at", "1999-01-01T00:00:00Z")

    let status = try program.run("status", "AT", "--json")

    #expect(try status.firstJob["run_at"] == "2998-12-31T23:00:00Z")
    #expect(
      try program.query(program.queuePath, "SELECT run_id, state FROM jobs ORDER BY id")
        == "DELAYED|scheduled\nAT|scheduled\nPAST|queued")
    #expect(
      try program.query(
        program.queuePath, "SELECT run_at - submitted_at FROM jobs WHERE run_id = 'DELAYED'") == "3600000")
  }

  @Test func `a run after another waits for it, and begins when that has succeeded`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    try program.submit("FIRST", "--priority=-1")
    try program.submit("SECOND", "--after", "FIRST", "--priority", "9")
    let waiting = try program.run("status", "SECOND", "--json")

    #expect(try program.run("worker", "--drain").status == 0)
    let missing = try program.run("submit", "--backtest-run-id", "B", "--run-id", "R", "--after", "NONE", "--json")

    #expect(try waiting.firstJob["after"] == "FIRST")
    #expect(try waiting.firstJob["waiting"] == .bool(true))
    #expect(
      try program.query(
        program.queuePath,
        "SELECT group_concat(run_id, ' ') FROM (SELECT run_id FROM job_events JOIN jobs ON id = job_id "
          + "WHERE kind = 'succeeded' ORDER BY seq)") == "FIRST SECOND")
    #expect(missing.status == 3)
    #expect(try missing.errorCode == "no_such_run")
    #expect(try program.query(program.queuePath, "SELECT count(*) FROM jobs") == "2")
  }

  @Test func `two runs of one key are never run at once, another is`() throws {
    let program = try Program.withPipe()
    try program.submit("ONE", "--concurrency-key", "HOOD")
    try program.submit("TWO", "--concurrency-key", "HOOD")
    try program.submit("OTHER", "--concurrency-key", "AAPL")

    let worker = try program.start(["worker", "--concurrency", "3"], environment: Program.signals)
    try program.eventually("ONE", is: "running")
    try program.eventually("OTHER", is: "running")
    let second = try program.run("status", "TWO", "--json")
    #expect(try program.run("cancel", "ONE").status == 0)
    try program.eventually("TWO", is: "running")
    #expect(try program.run("cancel", "TWO", "OTHER").status == 0)
    worker.send(SIGTERM)

    #expect(try second.firstJob["state"] == "queued")
    #expect(try second.firstJob["concurrency_key"] == "HOOD")
    #expect(try worker.wait().status == 0)
  }

  @Test func `a run that takes longer than its own limit is stopped`() throws {
    let program = try Program.withPipe()
    try program.submit("R", "--run-timeout", "0.2", "--max-attempts", "1")

    #expect(try program.run("worker", "--drain", environment: Program.signals).status == 0)
    let result = try program.run("wait", "R", "--json")

    #expect(result.status == 1)
    #expect(try result.firstJob["run_timeout"] == .double(0.2))
    #expect(try result.firstJob["error"]?["code"] == "timed_out")
  }

  static let bad: [[String]] = [
    ["--delay=-1"], ["--delay", "1", "--at", "2999-01-01T00:00:00Z"], ["--at", "tomorrow"],
    ["--at", "2999-01-01T00:00:00"], ["--after", "../x"], ["--concurrency-key", ""], ["--concurrency-key", "a\tb"],
    ["--run-timeout", "0"], ["--priority", "1.5"], ["--wait", "--timeout=-1"],
  ]

  @Test(arguments: bad) func `options that cannot be taken`(_ options: [String]) throws {
    let program = try Program()
    try program.write(backtest: "B")

    let result = try program.start(["submit", "--backtest-run-id", "B", "--run-id", "R", "--json"] + options).wait()

    #expect(result.status == 64)
    #expect(try result.errorCode == "usage")
    #expect(try !program.files().contains { $0.contains("queue.db") })
  }
}
