import Foundation
import Glibc
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `a worker whose queue has a fault` {
  @Test func `locked for longer than it waits: it says so, claims nothing, and goes on when it is free`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    #expect(try program.run("submit", "--backtest-run-id", "B", "--run-id", "R0").status == 0)
    let worker = try program.start(["worker"])
    try eventually("the first run is over") {
      try program.query(program.queuePath, "SELECT state FROM jobs") == "succeeded"
    }
    let holder = try QueueHolder(program)
    try eventually("the worker says so") { try worker.errorsSoFar.contains("cannot write to the queue yet") }

    try holder.letGo()
    #expect(try program.run("submit", "--backtest-run-id", "B", "--run-id", "R").status == 0)
    try eventually("the run succeeds") {
      try program.query(program.queuePath, "SELECT state FROM jobs WHERE run_id = 'R'") == "succeeded"
    }
    worker.send(SIGTERM)

    #expect(try worker.wait().status == 0)
  }

  @Test func `on a full disk: it claims nothing and says so, and goes on when there is room`() throws {
    let program = try Program(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
    let root = Program.packageRoot

    let result = try program.tool(
      "\(root)/Tests/EndToEndTests/Lab/worker-on-full-disk", Program.path, "\(root)/scripts/example-backtest")

    // 77: this machine cannot make the mount namespace that it needs.
    if result.status == 77 { try Test.cancel("skipped: \(result.errors)") }
    #expect(result.status == 0, "\(result.output)\n\(result.errors)")
    #expect(result.output.split(separator: "\n").filter { $0.hasPrefix("ok ") }.count == 6)
  }

  @Test func `at the end of its descriptors: it says so, no run counts a try for it, and all of them succeed`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    let lines = (0..<24).map { #"{"run_id": "R\#($0)", "backtest_run_id": "B", "max_attempts": 1}"# }
    #expect(try program.start(["submit", "--bulk"], input: lines.joined(separator: "\n")).wait().status == 0)

    let worker = try RunningProgram(
      path: "/usr/bin/bash",
      arguments: ["-c", "ulimit -n 36; exec \"$0\" worker --concurrency 12 --retry-delay 0", Program.path],
      environment: program.environment, directory: program.directory.path)
    try eventually("all succeed") {
      try program.query(program.queuePath, "SELECT count(*) FROM jobs WHERE state = 'succeeded'") == "24"
    }
    worker.send(SIGTERM)

    let ended = try worker.wait()
    #expect(ended.status == 0)
    #expect(ended.errors.contains("Too many open files"), "\(ended.errors)")
    #expect(try program.query(program.queuePath, "SELECT max(tries) FROM jobs") == "1")
    #expect(try program.run("queue", "check").status == 0)
  }

  @Test(arguments: [
    "rm queue.db", "mv queue.db old.db", "rm queue.db; sqlite3 queue.db 'CREATE TABLE other (a)'",
  ])
  func `the file removed or replaced: it gives its run up and ends with an error`(change: String) throws {
    let run = try HeldRun()
    let (worker, child) = try run.startClaiming()

    #expect(try run.program.tool("/usr/bin/bash", "-c", "cd state/prepaper; \(change)").status == 0)
    let ended = try worker.wait()

    #expect(ended.status == 75, "\(ended.errors)")
    #expect(ended.errors.contains("queue.db"), "\(ended.errors)")
    #expect(!Processes.isAlive(child))
    _ = try run.program.tool("/usr/bin/bash", "-c", "cd state/prepaper; rm -f queue.db queue.db-wal queue.db-shm")
    #expect(try run.program.run("submit", "--backtest-run-id", "B", "--run-id", "R").status == 0)
    #expect(try run.program.run("worker", "--drain", environment: run.withBars).status == 0)
    #expect(try run.state == "succeeded|1")
  }

  @Test func `its log held open by a long reader: everything goes on, and the log starts anew afterwards`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    #expect(try program.run("submit", "--backtest-run-id", "B", "--run-id", "R0").status == 0)
    let worker = try program.start(["worker"])
    let reader = try RunningProgram(
      path: "/usr/bin/bash",
      arguments: [
        "-c",
        """
        mkfifo read; sqlite3 state/prepaper/queue.db <read & exec 9>read
        printf '%s\\n' 'BEGIN;' 'SELECT count(*) FROM jobs;' '.shell touch reading' >&9
        until [ -e read-enough ]; do sleep 0.05; done
        echo 'SELECT count(*) FROM jobs; COMMIT;' >&9; exec 9>&-; wait
        """,
      ], environment: program.environment, directory: program.directory.path)
    try eventually("it reads") {
      FileManager.default.fileExists(atPath: "\(program.directory.path)/reading")
    }

    for number in 1...10 { try submit(number, to: program) }
    try eventually("all succeed") {
      try program.query(program.queuePath, "SELECT count(*) FROM jobs WHERE state = 'succeeded'") == "11"
    }
    try program.directory.write("", to: "read-enough")
    let read = try reader.wait()
    #expect(read.status == 0)
    #expect(read.output == "1\n1\n")
    try submit(11, to: program)
    // What is in the file alone, without its log: nobody but the worker has carried it over.
    let file = "file:\(program.queuePath)?immutable=1"
    try eventually("the log is carried over") {
      try program.query(file, "SELECT count(*) FROM jobs WHERE state = 'succeeded'") == "12"
    }
    let salt = try log(of: program).salt
    var number = 12
    // The worker may write once more behind what it has carried over; then the log begins anew a little later.
    try eventually("the log starts anew") {
      try submit(number, to: program)
      number += 1
      return try log(of: program).salt != salt
    }
    let length = try log(of: program).length
    try submit(number, to: program)
    #expect(try log(of: program).length == length)
    worker.send(SIGTERM)

    #expect(try worker.wait().status == 0)
  }

  private func submit(_ number: Int, to program: Program) throws {
    #expect(try program.run("submit", "--backtest-run-id", "B", "--run-id", "R\(number)").status == 0)
  }

  /// How long the log is, and the number by which SQLite knows its present round.
  private func log(of program: Program) throws -> (length: Int, salt: [UInt8]) {
    let bytes = try #require(FileManager.default.contents(atPath: "\(program.queuePath)-wal"))
    return (bytes.count, Array(bytes[16..<24]))
  }
}
