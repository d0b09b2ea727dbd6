import Glibc
import PrepaperTestSupport
import Testing

@Suite struct `an attempt that takes too long` {
  @Test func `is stopped, recorded as timed out, and tried again`() throws {
    let run = try HeldRun()
    let worker = try run.startWorker("--timeout", "0.5", "--retry-delay", "0")
    try eventually("the first attempt is over") {
      try run.query("SELECT outcome, error_code, signal FROM attempts WHERE attempt = 1") == "failed|timed_out|15"
    }
    worker.send(SIGQUIT)

    #expect(try worker.wait().status == 0)
    #expect(try worker.errorsSoFar.contains("the run took longer than 0.5 s and was stopped"))
    #expect(try run.program.run("worker", "--drain", environment: run.withBars).status == 0)
    #expect(try run.state.hasPrefix("succeeded|"))
    #expect(try run.program.files(below: "artifacts/prepaper/.staging") == [])
  }

  @Test func `fails for good when that was its last try`() throws {
    let run = try HeldRun(maxAttempts: 1)

    #expect(try run.program.run("worker", "--drain", "--timeout", "0.5").status == 0)

    #expect(try run.query("SELECT state, attempt, error_code FROM jobs") == "failed|1|timed_out")
  }
}
