import Glibc
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `an attempt whose processes are stopped for longer than its lease` {
  private func expectTakenOver(_ run: HeldRun, _ first: RunningProgram) throws {
    #expect(try run.program.run("worker", "--drain", environment: run.withBars).status == 0)
    try run.expectOneResult()
    let published = try run.runMeta
    first.send(SIGCONT)
    try eventually("the first learns that it is too late") {
      try first.errorsSoFar.contains("attempt 1 of run R is no longer the current one")
    }
    first.send(SIGTERM)

    #expect(try first.wait().status == 0)
    #expect(try run.runMeta == published)
    try run.expectOneResult()
  }

  @Test func `both: another worker ends the process and takes the run over; the first changes nothing any more`() throws
  {
    let run = try HeldRun()
    let (first, child) = try run.startClaiming("--lease", "1")

    first.send(SIGSTOP)
    kill(child, SIGSTOP)

    try expectTakenOver(run, first)
    #expect(!Processes.isAlive(child))
  }

  @Test func `the worker, its process being done: what is staged is not published any more`() throws {
    let run = try HeldRun()
    let (first, child) = try run.startClaiming("--lease", "1")

    first.send(SIGSTOP)
    try run.feedPipe()
    try eventually("the attempt's process has ended") { !Processes.isAlive(child) }
    #expect(try run.program.files(below: "artifacts/prepaper/.staging").contains("R.1/plan.json"))

    try expectTakenOver(run, first)
  }

  @Test func `the process, its worker being killed: the kernel does not let it lie there`() throws {
    let run = try HeldRun()
    let (first, child) = try run.startClaiming("--lease", "3600")

    kill(child, SIGSTOP)
    // One that stops only after its worker's death was not stopped when the kernel looked.
    try eventually("the process is stopped") { try Processes.isStopped(child) }
    first.send(SIGKILL)
    #expect(try first.wait().status == 128 + SIGKILL)
    let second = try run.program.run("worker", "--drain", environment: run.withBars)

    #expect(second.status == 0)
    // A stopped process group that nobody is left to look after gets SIGHUP.
    #expect(second.errors.contains("is dead; the run is queued"), "\(second.errors)")
    #expect(!Processes.isAlive(child))
    try run.expectOneResult()
  }

  @Test func `the process alone: its worker lives, and so does the attempt`() throws {
    let run = try HeldRun()
    let (first, child) = try run.startClaiming("--lease", "1")
    let second = try run.program.start(["worker", "--lease", "1"], environment: run.withBars)
    try run.waitForWorkers(2)

    kill(child, SIGSTOP)
    let lease = try run.query("SELECT lease_until FROM jobs")
    try eventually("the lease was renewed past its end") {
      try run.query("SELECT lease_until > \(lease) + 2000 FROM jobs") == "1"
    }
    #expect(try run.state == "running|1")
    kill(child, SIGCONT)
    try run.feedPipe()
    try eventually("the run succeeds") { try run.state == "succeeded|1" }

    for worker in [first, second] {
      worker.send(SIGTERM)
      #expect(try worker.wait().status == 0)
    }
    #expect(try run.outcomes == "succeeded")
  }
}
