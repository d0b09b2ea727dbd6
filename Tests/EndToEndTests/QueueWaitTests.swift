import Foundation
import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `waiting for a run` {
  /// A program with the backtest `B`.
  private func program() throws -> Program {
    let program = try Program()
    try program.write(backtest: "B")
    return program
  }

  @Test func `submit --wait ends with the run, as soon as a worker has done it`() throws {
    let program = try program()
    let waiting = try program.start(["submit", "--backtest-run-id", "B", "--run-id", "R", "--wait", "--json"])
    try eventually("it waits") { try program.waiters == 1 }

    #expect(try program.run("worker", "--drain").status == 0)
    let result = try waiting.wait()

    #expect(result.status == 0)
    #expect(try result.json["created"] == .bool(true))
    #expect(try result.firstJob["state"] == "succeeded")
    #expect(try program.waiters == 0)
  }

  @Test func `a run that fails is exit code 1, and the answer says why`() throws {
    let program = try program()
    let waiting = try program.start(["submit", "--backtest-run-id", "NONE", "--run-id", "R", "--wait", "--json"])
    try eventually("it waits") { try program.waiters == 1 }

    #expect(try program.run("worker", "--drain").status == 0)
    let result = try waiting.wait()

    #expect(result.status == 1)
    #expect(try result.firstJob["error"]?["code"] == "manifest_not_found")
    #expect(try program.run("wait", "R").output.hasPrefix("R  failed  manifest_not_found: cannot read"))
  }

  @Test func `a run without signals is exit code 5`() throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real", "BARS_SOURCE": "csv:bars"])
    try program.write(backtest: "B")
    try program.directory.write(
      "ts,open,high,low,close,volume\n2025-12-15T14:30:00Z,10,10.5,9.5,10,100\n", to: "bars/HOOD.M1.csv")
    try program.submit("R", "--replay-date", "2025-12-15")

    let worker = try program.run(
      "worker", "--drain", environment: ["SIGNALS_DB_PATH": "\(program.directory.path)/signals.db"])
    let result = try program.run("wait", "R", "--json")

    #expect(worker.status == 0)
    #expect(result.status == 5, "\(result.output)")
    #expect(try result.firstJob["result"] == "NO_SIGNALS")
  }

  @Test func `of several runs the worst counts; with --any only the first that has ended`() throws {
    let program = try program()
    try program.submit("GOOD")
    #expect(try program.run("worker", "--drain").status == 0)
    try program.submit("CANCELLED")
    #expect(try program.run("cancel", "CANCELLED").status == 0)
    let withCancelled = try program.run("wait", "GOOD", "CANCELLED", "--json")
    let bad = try program.start(["submit", "--backtest-run-id", "NONE", "--run-id", "BAD"])
    #expect(try bad.wait().status == 0)
    #expect(try program.run("worker", "--drain").status == 0)
    try program.submit("OPEN")

    let withFailed = try program.run("wait", "GOOD", "CANCELLED", "BAD")
    let withOpen = try program.run("wait", "GOOD", "OPEN", "BAD", "--timeout", "0.1")
    let first = try program.run("wait", "OPEN", "BAD", "GOOD", "--any", "--json")

    #expect(withCancelled.status == 4)
    #expect(withFailed.status == 1)
    #expect(withOpen.status == 124)
    #expect(withOpen.errors.hasSuffix("still going on: OPEN (queued)\n"), "\(withOpen.errors)")
    #expect(first.status == 0)
    #expect(try first.firstJob["run_id"] == "GOOD")
  }

  @Test func `a time that runs out is exit code 124, and the run goes on`() throws {
    let program = try program()

    let submitted = try program.run(
      "submit", "--backtest-run-id", "B", "--run-id", "R", "--wait", "--timeout", "0.1", "--json")
    let waited = try program.run("wait", "R", "--timeout", "0")

    #expect(submitted.status == 124)
    #expect(try submitted.errorCode == "wait_timed_out")
    #expect(try submitted.firstJob["state"] == "queued")
    #expect(waited.status == 124)
    #expect(waited.errors == "prepaper: waited for 0.0 s; still going on: R (queued)\n")
    #expect(try program.state("R") == "queued")
  }

  @Test(arguments: [(Int32(SIGINT), Int32(130)), (Int32(SIGTERM), Int32(143))])
  func `a wait that is interrupted says that the run goes on`(_ signal: Int32, _ status: Int32) throws {
    let program = try program()
    let waiting = try program.start(["submit", "--backtest-run-id", "B", "--run-id", "R", "--wait", "--json"])
    try eventually("it waits") { try program.waiters == 1 }

    waiting.send(signal)
    let result = try waiting.wait()

    #expect(result.status == status)
    #expect(try result.errorCode == "interrupted")
    #expect(result.errors.contains("still going on: R (queued)"), "\(result.errors)")
    #expect(try program.state("R") == "queued" && program.waiters == 0)
  }

  @Test func `who cannot hang up a bell looks at the queue instead`() throws {
    let program = try program()
    try program.submit("R")
    try program.directory.write("", to: "state/prepaper/queue.db.d/bells")
    let waiting = try program.start(["wait", "R"])

    #expect(try program.run("cancel", "R").status == 0)

    #expect(try waiting.wait().status == 4)
  }

  @Test func `a run that is not there is exit code 3, with a queue and without`() throws {
    let program = try program()
    let without = try program.run("wait", "R", "--json")
    try program.submit("OTHER")

    let with = try program.run("wait", "OTHER", "R", "--json")

    for result in [without, with] {
      #expect(result.status == 3)
      #expect(try result.errorCode == "no_such_run")
    }
  }

  @Test func `--timeout without --wait is refused, so that nobody takes it for the run's own`() throws {
    let result = try program().run("submit", "--backtest-run-id", "B", "--run-id", "R", "--timeout", "5")

    #expect(result.status == 64)
    #expect(result.errors.contains("--run-timeout"))
  }
}
