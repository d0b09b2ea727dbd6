import Foundation
import Glibc
import PrepaperTestSupport
import Testing

@Suite struct `a worker with --concurrency 2` {
  @Test func `executes two runs at once, and no third`() throws {
    let run = try HeldRun()
    let program = run.program
    try program.write(backtest: "B2", Program.manifest("B2", symbol: "MSFT"))
    #expect(unsafe mkfifo("\(program.directory.path)/bars/MSFT.M1.csv", 0o600) == 0)
    #expect(try program.run("submit", "--backtest-run-id", "B2", "--run-id", "R2").status == 0)
    #expect(try program.run("submit", "--backtest-run-id", "B", "--run-id", "R3").status == 0)
    let worker = try run.startWorker("--concurrency", "2")
    let states = { try run.query("SELECT group_concat(state, ' ') FROM (SELECT state FROM jobs ORDER BY id)") }
    try eventually("two run") { try states() == "running running queued" }

    // The second is done first, and makes way for the third.
    #expect(
      try program.tool("/usr/bin/bash", "-c", "cat other-bars/HOOD.M1.csv >bars/MSFT.M1.csv").status == 0)
    try eventually("the second is done, and the third runs") { try states() == "running succeeded running" }
    worker.send(SIGQUIT)

    #expect(try worker.wait().status == 0)
    #expect(try states() == "queued succeeded queued")
    #expect(try run.query("SELECT count(DISTINCT lock), count(DISTINCT pid) FROM attempts") == "3|3")
  }
}
