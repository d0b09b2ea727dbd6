import Foundation
import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `cancelling a run` {
  @Test func `one that waits is cancelled at once, with those that were to run after it`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    try program.submit("R")
    try program.submit("AFTER", "--after", "R")
    try program.submit("OTHER")

    let result = try program.run("cancel", "R", "--json")
    let again = try program.run("cancel", "R")
    #expect(try program.run("worker", "--drain").status == 0)

    #expect(result.status == 0)
    #expect(try result.firstJob["state"] == "cancelled")
    #expect(again.status == 0 && again.output == "R  cancelled\n")
    #expect(
      try program.query(program.queuePath, "SELECT run_id, state, attempt FROM jobs ORDER BY id")
        == "R|cancelled|0\nAFTER|cancelled|0\nOTHER|succeeded|1")
  }

  @Test func `one that has ended is refused, and nothing is cancelled`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    try program.submit("DONE")
    #expect(try program.run("worker", "--drain").status == 0)
    try program.submit("R")

    let ended = try program.run("cancel", "R", "DONE", "--json")
    let missing = try program.run("cancel", "R", "NONE", "--json")

    #expect(ended.status == 65)
    #expect(try ended.errorCode == "not_cancellable")
    #expect(missing.status == 3)
    #expect(try missing.errorCode == "no_such_run")
    #expect(try program.state("R") == "queued")
  }

  @Test func `one that runs is stopped, publishes nothing, and its worker goes on`() throws {
    let program = try Program.withPipe()
    try program.submit("R")
    let worker = try program.start(["worker"], environment: Program.signals)
    try program.eventually("R", is: "running")

    let result = try program.run("cancel", "R")
    let waited = try program.run("wait", "R", "--json")
    try program.replacePipe()
    let next = try program.run("submit", "--backtest-run-id", "B", "--run-id", "NEXT", "--wait")
    worker.send(SIGTERM)

    #expect(result.output == "R  running  cancel requested\n")
    #expect(waited.status == 4)
    guard case .array(let attempts)? = try waited.firstJob["attempts"] else {
      Issue.record("no attempts in \(waited.output)")
      return
    }
    #expect(attempts.map { $0["outcome"] } == ["cancelled"])
    #expect(attempts.first?["signal"] == .integer(Int64(SIGTERM)))
    #expect(next.status == 0, "\(next.errors)")
    #expect(try worker.wait().status == 0)
    #expect(try program.files(below: "artifacts/prepaper").allSatisfy { !$0.hasPrefix("R") })
    #expect(try program.files(below: "artifacts/prepaper/.staging") == [])
  }

  @Test func `the request outlives the worker: the next one runs it no more`() throws {
    let program = try Program.withPipe()
    try program.submit("R")
    let first = try program.start(["worker"], environment: Program.signals)
    try program.eventually("R", is: "running")
    first.send(SIGKILL)
    #expect(try first.wait().status == 128 + SIGKILL)

    let result = try program.run("cancel", "R", "--json")
    try program.replacePipe()
    #expect(try program.run("worker", "--drain", environment: Program.signals).status == 0)

    #expect(try result.firstJob["state"] == "running")
    #expect(try result.firstJob["cancel_requested_at"] != .null)
    #expect(
      try program.query(program.queuePath, "SELECT state, attempts.attempt, outcome FROM jobs JOIN attempts")
        == "cancelled|1|lost")
  }

  @Test func `a cancelled run can be retried`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    try program.submit("R")
    #expect(try program.run("cancel", "R").status == 0)

    #expect(try program.run("retry", "R").status == 0)
    #expect(try program.run("worker", "--drain").status == 0)

    #expect(try program.state("R") == "succeeded")
  }
}
