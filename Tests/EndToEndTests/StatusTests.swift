import Foundation
import Glibc
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `the status of runs and of the queue` {
  @Test func `while a run is under way it tells how far, and afterwards what it took`() throws {
    let program = try Program.withPipe()
    try program.submit("R")
    let worker = try program.start(["worker"], environment: Program.signals)
    let attempt = { () throws -> JSONValue? in
      guard case .array(let attempts)? = try program.run("status", "R", "--json").firstJob["attempts"] else {
        return nil
      }
      return attempts.first
    }
    try eventually("it tells its stage") { try attempt()?["stage"]?.stringValue != nil }
    let under = try attempt()
    let text = try program.run("status", "R").output

    try program.feedPipe()
    try program.eventually("R", is: "succeeded")
    let ended = try attempt()
    worker.send(SIGTERM)

    #expect(under?["pid"]?.integerValue != nil && under?["exit_status"] == .null)
    #expect(text.contains("\nprogress"))
    #expect(ended?["outcome"] == "succeeded" && ended?["exit_status"] == .integer(0) && ended?["signal"] == .null)
    #expect(try #require(ended?["peak_memory_bytes"]?.integerValue) > 1_000_000)
    #expect(try #require(ended?["cpu_ms"]?.integerValue) > 0)
    #expect(ended?["bars_done"] != nil && ended?["bars_total"] != nil)
    #expect(ended?["log"] == .string("\(program.queuePath).d/logs/R.1.log"))
    #expect(try worker.wait().status == 0)
  }

  @Test func `a watch tells each change as a JSON line, until all runs have ended`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    try program.submit("R")
    let watch = try program.start(["status", "--watch", "R"])
    try eventually("it has told the first state") { try watch.outputSoFar.hasSuffix("\n") }

    #expect(try program.run("worker", "--drain").status == 0)
    let result = try watch.wait()

    let lines = try result.output.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
    let states = lines.map { line -> String? in
      if case .array(let jobs)? = line["jobs"] { jobs.first?["state"]?.stringValue } else { nil }
    }
    #expect(result.status == 0)
    #expect(states.first == "queued" && states.last == "succeeded")
    #expect(Set(result.output.split(separator: "\n")).count == lines.count)
    #expect(try program.run("status", "--watch", "R", "NONE", "--json").status == 3)
  }

  @Test func `a watch of the queue goes on until it is interrupted, and one of runs says that they go on`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    try program.submit("R")
    let queue = try program.start(["status", "--watch"])
    let run = try program.start(["status", "--watch", "R"])
    try eventually("both watch") { try program.waiters == 2 }
    #expect(try program.run("queue", "pause").status == 0)
    try eventually("the pause is seen") { try queue.outputSoFar.contains(#""paused_since": "2"#) }
    // This changes nothing.
    #expect(try program.run("queue", "pause").status == 0)
    try program.submit("NEXT")
    try eventually("the submission is seen") { try queue.outputSoFar.contains(#""queued": 2"#) }

    queue.send(SIGINT)
    run.send(SIGTERM)
    let (queueEnd, runEnd) = (try queue.wait(), try run.wait())

    #expect(queueEnd.status == 0)
    let lines = queueEnd.output.split(separator: "\n")
    #expect(Set(lines).count == lines.count)
    #expect(runEnd.status == 143)
    #expect(runEnd.errors == "prepaper: interrupted; still going on: R (queued)\n")
  }

  @Test func `on a terminal a watch redraws in place`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    try program.submit("R")
    let watch = try RunningProgram(
      path: "/usr/bin/script", arguments: ["-qec", "\(Program.path) status --watch R", "/dev/null"],
      environment: program.environment.merging(["TERM": "xterm"]) { _, new in new }, directory: program.directory.path)
    try eventually("the first state is drawn") { try watch.outputSoFar.contains("queued") }

    #expect(try program.run("cancel", "R").status == 0)
    let result = try watch.wait()

    #expect(result.status == 0)
    let lines = try #require(result.output.range(of: #"\u001b\[[0-9]+A"#, options: .regularExpression))
    #expect(result.output[lines.upperBound...].contains("cancelled"))
    #expect(!result.output.contains("{"))
  }

  @Test(
    .enabled(if: geteuid() == 0, "skipped: only root can mount"),
    arguments: [("ro", "read_only"), ("size=128k", "disk_full")])
  func `a place that cannot be written is trouble`(_ option: String, _ code: String) throws {
    let program = try Program()
    try program.directory.write("", to: "state/prepaper/x")

    let sound = try program.run("status", "--json")
    let result = try program.tool(
      "/usr/bin/unshare", "--mount", "/usr/bin/bash", "-c",
      "mount -t tmpfs -o \(option) none state/prepaper && \(Program.path) status --json")

    #expect(try sound.json["trouble"] == .null)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.json["trouble"]?["code"] == .string(code))
  }
}
