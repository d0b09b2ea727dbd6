import Glibc
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `a worker that is to stop` {
  @Test func `finishes its run first and exits with 0`() throws {
    let run = try HeldRun()
    let (worker, _) = try run.startClaiming()

    worker.send(SIGTERM)
    try run.feedPipe()

    #expect(try worker.wait().status == 0)
    #expect(try run.state == "succeeded|1")
    #expect(try run.query("SELECT count(*) FROM workers") == "0")
  }

  @Test(arguments: [SIGQUIT, SIGTERM])
  func `gives its run back untried when it must not wait: on SIGQUIT, or after --stop-timeout`(signal: Int32) throws {
    let run = try HeldRun()
    let (worker, child) = try run.startClaiming("--stop-timeout", "0.1")

    worker.send(signal)

    #expect(try worker.wait().status == 0)
    #expect(!Processes.isAlive(child))
    #expect(try run.query("SELECT state, attempt, tries FROM jobs") == "queued|1|0")
    #expect(try run.outcomes == "released")
    #expect(try run.query("SELECT kind FROM job_events ORDER BY seq DESC LIMIT 1") == "released")
    #expect(try run.program.files(below: "state/prepaper/queue.db.d/locks") == [])
    #expect(try run.program.run("worker", "--drain", environment: run.withBars).status == 0)
    try run.expectOneResult("released succeeded")
  }

  @Test func `takes SIGQUIT also while it waits for its run after SIGTERM`() throws {
    let run = try HeldRun()
    let (worker, child) = try run.startClaiming()

    worker.send(SIGTERM)
    worker.send(SIGQUIT)

    #expect(try worker.wait().status == 0)
    #expect(!Processes.isAlive(child))
    #expect(try run.query("SELECT state, attempt, tries FROM jobs") == "queued|1|0")
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `gives its run back when it is asked to stop a second time`(signal: Int32) throws {
    let run = try HeldRun()
    let (worker, child) = try run.startClaiming()

    worker.send(signal)
    try eventually("the worker has heard it") { try worker.errorsSoFar.contains("asked to stop") }
    worker.send(signal)

    #expect(try worker.wait().status == 0)
    #expect(!Processes.isAlive(child))
    #expect(try run.query("SELECT state, attempt, tries FROM jobs") == "queued|1|0")
  }

  @Test func `stops at once when it is idle, and picks up a job that comes while it waits`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    let worker = try program.start(["worker"])
    try eventually("the worker is there") {
      try program.tool("/usr/bin/test", "-e", program.queuePath).status == 0
        && program.query(program.queuePath, "SELECT count(*) FROM workers") == "1"
    }

    #expect(try program.run("submit", "--backtest-run-id", "B", "--run-id", "R").status == 0)
    try eventually("the run succeeds") {
      try program.query(program.queuePath, "SELECT state, attempt FROM jobs") == "succeeded|1"
    }
    worker.send(SIGTERM)

    #expect(try worker.wait().status == 0)
  }
}
