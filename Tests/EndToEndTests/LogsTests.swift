import Foundation
import Glibc
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `the log of a run` {
  /// A program with a run that has failed twice.
  private func programWithTwoAttempts() throws -> Program {
    let program = try Program()
    #expect(try program.run("submit", "--backtest-run-id", "B", "--run-id", "R").status != 0)
    try program.write(backtest: "OTHER")
    try program.submit("R")
    #expect(try program.run("worker", "--drain").status == 0)
    #expect(try program.run("retry", "R").status == 0)
    #expect(try program.run("worker", "--drain").status == 0)
    return program
  }

  @Test func `the last attempt's, or another's, with the reason of its failure`() throws {
    let program = try programWithTwoAttempts()

    let last = try program.run("logs", "R")
    let first = try program.run("logs", "R", "--attempt", "1", "--json")

    #expect(last.status == 0 && first.status == 0)
    #expect(last.output.contains("PrePaper Run: R (source: B) [attempt=2 run_id=R]\n"), "\(last.output)")
    #expect(last.output.contains("error: manifest_not_found: cannot read"))
    #expect(try first.json["attempt"] == .integer(1))
    let path = try #require(try first.json["log"]?.stringValue)
    #expect(path == "\(program.queuePath).d/logs/R.1.log")
    #expect(try first.json["text"] == .string(String(contentsOfFile: path, encoding: .utf8)))
  }

  @Test func `without one there is an exit code that says so`() throws {
    let program = try programWithTwoAttempts()
    try program.submit("QUEUED")
    try FileManager.default.removeItem(atPath: "\(program.queuePath).d/logs/R.2.log")
    _ = try program.query(program.queuePath, "UPDATE attempts SET log = 'logs/x/../../../x' WHERE attempt = 1")

    let answers: [([String], Int32, String)] = [
      (["NONE"], 3, "no_such_run"), (["QUEUED"], 66, "log_missing"), (["R"], 66, "log_missing"),
      (["R", "-f"], 66, "log_missing"), (["R", "--attempt", "9"], 66, "log_missing"),
      (["R", "--attempt", "1"], 65, "queue_unreadable"), (["R", "--attempt", "0"], 64, "usage"),
    ]

    for (arguments, status, code) in answers {
      let result = try program.start(["logs", "--json"] + arguments).wait()
      #expect(result.status == status, "\(arguments)")
      #expect(try result.errorCode == code, "\(arguments)")
    }
  }

  @Test func `it can be followed from before the run's begin, through a lost attempt, to its end`() throws {
    let program = try Program.withPipe()
    try program.submit("R")
    let follower = try program.start(["logs", "R", "-f"])
    let json = try program.start(["logs", "R", "-f", "--json"])
    try eventually("both wait") { try program.waiters == 2 }
    let first = try program.start(["worker"], environment: Program.signals)
    try eventually("the first attempt speaks") {
      try follower.outputSoFar.contains("PrePaper Run: R (source: B) [attempt=1 run_id=R]\n")
    }

    first.send(SIGKILL)
    #expect(try first.wait().status == 128 + SIGKILL)
    try program.replacePipe()
    #expect(try program.run("worker", "--drain", environment: Program.signals).status == 0)
    let result = try follower.wait()
    let objects = try json.wait().output.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }

    #expect(result.status == 0)
    let logs = try (1...2).map { try program.directory.read("state/prepaper/queue.db.d/logs/R.\($0).log") }
    #expect(result.output == logs.joined())
    #expect(logs.allSatisfy { !$0.isEmpty })
    #expect(objects.compactMap { $0["text"]?.stringValue }.joined() == logs.joined())
    #expect(Set(objects.map { $0["attempt"] }) == [.integer(1), .integer(2)])
  }

  @Test func `to follow one attempt ends with that`() throws {
    let program = try programWithTwoAttempts()
    #expect(try program.run("retry", "R").status == 0)

    let result = try program.run("logs", "R", "-f", "--attempt", "1")

    #expect(result.status == 0)
    #expect(try result.output == program.directory.read("state/prepaper/queue.db.d/logs/R.1.log"))
  }

  @Test func `an interrupt ends the following, not the run`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    try program.submit("R")
    let follower = try program.start(["logs", "R", "--follow"])
    try eventually("it waits") { try program.waiters == 1 }

    follower.send(SIGINT)
    let result = try follower.wait()

    #expect(result.status == 130)
    #expect(result.errors.contains("still going on: R (queued)"))
    #expect(try program.state("R") == "queued")
  }
}
