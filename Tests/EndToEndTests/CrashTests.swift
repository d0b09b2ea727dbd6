import Foundation
import Glibc
import PrepaperDomain
import PrepaperTestSupport
import Testing

@Suite struct `a worker that is killed` {
  private func programWithPipe() throws -> Program {
    let program = try Program.withPipe()
    #expect(try program.run("submit", "--backtest-run-id", "B", "--run-id", "R").status == 0)
    return program
  }

  private var signals: [String: String] { Program.signals }

  private func state(_ program: Program) throws -> String {
    try program.query(program.queuePath, "SELECT state, attempt FROM jobs WHERE run_id = 'R'")
  }

  private func expectOneResult(_ program: Program) throws {
    #expect(try state(program) == "succeeded|2")
    #expect(try program.query(program.queuePath, "SELECT outcome FROM attempts ORDER BY attempt") == "lost\nsucceeded")
    #expect(try program.query("signals.db", "SELECT count(*), count(DISTINCT idempotency_key) FROM signals") == "2|2")
    #expect(try program.files(below: "artifacts/prepaper/R").count == 6)
    #expect(try program.files(below: "artifacts/prepaper/.staging") == [])
  }

  @Test func `while it waits for bars: the run is claimed again after its lease, and succeeds once`() throws {
    let program = try programWithPipe()
    let first = try program.start(["worker", "--lease", "1"], environment: signals)
    try eventually("the run is claimed") { try state(program) == "running|1" }

    first.send(SIGKILL)
    #expect(try first.wait().status == 128 + SIGKILL)
    try program.replacePipe()
    let second = try program.run("worker", "--drain", environment: signals)

    #expect(second.status == 0)
    try expectOneResult(program)
  }

  @Test func `after its signals are written: they are there once, and the run is published`() throws {
    let program = try programWithPipe()
    // The queue is held as soon as the run is claimed, so that the worker cannot prove its lease and publish.
    let holder = try RunningProgram(
      path: "/usr/bin/bash",
      arguments: [
        "-c",
        """
        mkfifo hold; sqlite3 -cmd '.timeout 5000' state/prepaper/queue.db <hold & exec 9>hold
        until [ "$(sqlite3 -cmd '.timeout 5000' state/prepaper/queue.db "SELECT state FROM jobs WHERE run_id = 'R'")" = running ]; do :; done
        echo 'BEGIN IMMEDIATE;' >&9; until [ -e let-go ]; do sleep 0.05; done
        echo 'ROLLBACK;' >&9; exec 9>&-; wait
        """,
      ], environment: program.environment, directory: program.directory.path)
    let first = try program.start(["worker", "--lease", "60"], environment: signals)
    try eventually("the run is claimed") { try state(program) == "running|1" }
    try eventually("the queue is held") {
      try program.tool("/usr/bin/sqlite3", program.queuePath, "BEGIN IMMEDIATE; ROLLBACK;").status != 0
    }
    // Only now the bars: the run goes on to its signals, and no further.
    try program.feedPipe()
    try eventually("the signals are written") {
      try program.query("signals.db", "SELECT count(*) FROM sqlite_master") != "0"
        && program.query("signals.db", "SELECT count(*) FROM signals") == "2"
    }
    #expect(try !program.files(below: "artifacts/prepaper").contains("R"))

    first.send(SIGKILL)
    #expect(try first.wait().status == 128 + SIGKILL)
    try program.directory.write("", to: "let-go")
    #expect(try holder.wait().status == 0)
    _ = try program.query(program.queuePath, "UPDATE jobs SET lease_until = 0 WHERE state = 'running'")
    try program.replacePipe()
    let second = try program.run("worker", "--drain", environment: signals)

    #expect(second.status == 0)
    let log = try program.directory.read("state/prepaper/queue.db.d/logs/R.2.log")
    #expect(log.contains("Signals written: 0, duplicates skipped: 2"), "\(log)")
    try expectOneResult(program)
  }

  @Test func `and one that is only stopped for longer than its lease changes nothing when it goes on`() throws {
    let program = try programWithPipe()
    try program.directory.write(
      program.directory.read("artifacts/prepaper/BARS/bars/HOOD.M1.csv"), to: "other-bars/HOOD.M1.csv")
    let elsewhere = signals.merging(["BARS_SOURCE": "csv:other-bars"]) { _, new in new }
    let first = try program.start(["worker", "--lease", "1"], environment: signals)
    try eventually("the run is claimed") { try state(program) == "running|1" }

    first.send(SIGSTOP)
    #expect(try program.run("worker", "--drain", environment: elsewhere).status == 0)
    let published = try program.directory.read("artifacts/prepaper/R/run_meta.json")
    first.send(SIGCONT)
    // Its bars come at last: it could go on to its end, if it did not give up before it opened the pipe.
    let feeder = try RunningProgram(
      path: "/usr/bin/cp", arguments: ["artifacts/prepaper/BARS/bars/HOOD.M1.csv", "bars/HOOD.M1.csv"],
      environment: program.environment, directory: program.directory.path)
    defer { feeder.send(SIGKILL) }
    try eventually("it learns that it is too late") {
      try first.errorsSoFar.contains("attempt 1 of run R is no longer the current one")
    }
    first.send(SIGTERM)

    #expect(try first.wait().status == 0)
    #expect(try program.directory.read("artifacts/prepaper/R/run_meta.json") == published)
    #expect(published.contains("\"attempt\": 2"))
    try expectOneResult(program)
  }

  @Test func `by SIGTERM it finishes its run first and exits with 0`() throws {
    let program = try programWithPipe()
    let worker = try program.start(["worker"], environment: signals)
    try eventually("the run is claimed") { try state(program) == "running|1" }

    worker.send(SIGTERM)
    try program.feedPipe()

    #expect(try worker.wait().status == 0)
    #expect(try state(program) == "succeeded|1")
    #expect(try program.query(program.queuePath, "SELECT count(*) FROM workers") == "0")
  }

  @Test func `an idle worker stops at once on SIGTERM, and picks up a job that comes while it waits`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    let worker = try program.start(["worker"])
    try eventually("the worker is there") {
      try program.tool("/usr/bin/test", "-e", program.queuePath).status == 0
        && program.query(program.queuePath, "SELECT count(*) FROM workers") == "1"
    }

    #expect(try program.run("submit", "--backtest-run-id", "B", "--run-id", "R").status == 0)
    try eventually("the run succeeds") { try state(program) == "succeeded|1" }
    worker.send(SIGTERM)

    #expect(try worker.wait().status == 0)
  }
}
