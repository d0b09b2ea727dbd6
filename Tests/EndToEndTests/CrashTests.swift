import Glibc
import PrepaperJSON
import PrepaperTestSupport
import Testing

/// The lease is an hour in these: only the kernel, which lets go of a dead process's lock, can tell.
@Suite struct `an attempt whose processes are killed` {
  @Test func `the worker: its process ends itself, and another worker runs the run again at once`() throws {
    let run = try HeldRun()
    let (first, child) = try run.startClaiming("--lease", "3600")
    let second = try run.program.start(["worker", "--lease", "3600"], environment: run.withBars)
    try run.waitForWorkers(2)

    first.send(SIGKILL)
    #expect(try first.wait().status == 128 + SIGKILL)
    try eventually("the run succeeds") { try run.state == "succeeded|2" }

    try eventually("the first attempt's process has ended") { !Processes.isAlive(child) }
    second.send(SIGTERM)
    #expect(try second.wait().status == 0)
    try run.expectOneResult()
    #expect(
      try run.query("SELECT group_concat(kind, ' ') FROM (SELECT kind FROM job_events ORDER BY seq)")
        == "submitted claimed lost claimed succeeded")
  }

  @Test func `both: a worker that starts sees at once what its predecessor has left`() throws {
    let run = try HeldRun()
    let (first, child) = try run.startClaiming("--lease", "3600")

    // The child first: its worker must not have the time to record how it ended.
    first.send(SIGSTOP)
    kill(child, SIGKILL)
    first.send(SIGKILL)
    #expect(try first.wait().status == 128 + SIGKILL)
    let second = try run.program.run("worker", "--drain", environment: run.withBars)

    #expect(second.status == 0)
    #expect(second.errors.contains("is dead; the run is queued"), "\(second.errors)")
    try run.expectOneResult()
  }

  @Test func `the attempt's own process: that is a failure like any other, and the run is tried again`() throws {
    let run = try HeldRun()
    let (worker, child) = try run.startClaiming("--lease", "3600", "--retry-delay", "0")

    kill(child, SIGKILL)
    _ = try run.child(of: 2)
    try run.feedPipe()
    try eventually("the run succeeds") { try run.state == "succeeded|2" }
    worker.send(SIGTERM)

    #expect(try worker.wait().status == 0)
    try run.expectOneResult("failed succeeded")
    #expect(
      try run.query("SELECT pid, error_code, signal, exit_status IS NULL FROM attempts WHERE attempt = 1")
        == "\(child)|killed|9|1")
    #expect(
      try run.query("SELECT error_code IS NULL, signal IS NULL, exit_status FROM attempts WHERE attempt = 2") == "1|1|0"
    )
    #expect(try worker.errorsSoFar.contains("ended by signal 9 (Killed)"))
  }

  @Test func `and one that is killed on every attempt fails for good`() throws {
    let run = try HeldRun(maxAttempts: 2)
    let (worker, child) = try run.startClaiming("--drain", "--retry-delay", "0")

    kill(child, SIGKILL)
    kill(try run.child(of: 2), SIGKILL)

    #expect(try worker.wait().status == 0)
    #expect(try run.query("SELECT state, attempt, error_code FROM jobs") == "failed|2|killed")
    #expect(try run.outcomes == "failed failed")
  }

  @Test func `after its signals are written: they are there once, and the run is published`() throws {
    let run = try HeldRun()
    let program = run.program
    let (first, child) = try run.startClaiming("--lease", "3600")
    // The queue is held, so that the worker cannot prove that the attempt is its own, and publish.
    let holder = try QueueHolder(program)
    // Only now the bars: the run goes on to its signals, and no further.
    try run.feedPipe()
    try eventually("the attempt's process has ended") { !Processes.isAlive(child) }
    #expect(try program.query("signals.db", "SELECT count(*) FROM signals") == "2")
    #expect(try program.files(below: "artifacts/prepaper/.staging").contains("R.1/plan.json"))
    #expect(try !program.files(below: "artifacts/prepaper").contains("R"))

    first.send(SIGKILL)
    #expect(try first.wait().status == 128 + SIGKILL)
    try holder.letGo()
    #expect(try program.run("worker", "--drain", environment: run.withBars).status == 0)

    let log = try program.directory.read("state/prepaper/queue.db.d/logs/R.2.log")
    #expect(log.contains("Signals written: 0, duplicates skipped: 2"), "\(log)")
    try run.expectOneResult()
  }
}
