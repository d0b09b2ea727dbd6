import Foundation
import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `looking after the queue` {
  @Test func `a paused queue is left alone by a worker that runs, until it is resumed`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    let worker = try program.start(["worker", "--lease", "1"])
    let paused = try program.run("queue", "pause", "--json")
    try program.submit("R")

    // The worker has heard the bell and has looked since: a sign of life more than a second after the submission.
    try eventually("the worker has looked") {
      try program.query(
        program.queuePath, "SELECT count(*) FROM workers, jobs WHERE seen_at > submitted_at + 1000") == "1"
    }
    let state = try program.state("R")
    let overview = try program.run("status", "--json")
    let again = try program.run("queue", "pause", "--json")
    let resumed = try program.run("queue", "resume", "--json")
    try program.eventually("R", is: "succeeded")
    worker.send(SIGTERM)

    #expect(state == "queued")
    #expect(try paused.json["paused_since"]?.stringValue != nil)
    #expect(try overview.json["paused_since"] == paused.json["paused_since"])
    #expect(try again.json["paused_since"] == paused.json["paused_since"])
    #expect(try resumed.json["was_paused"] == .bool(true))
    #expect(try program.run("queue", "resume", "--json").json["was_paused"] == .bool(false))
    #expect(try program.run("status", "--json").json["paused_since"] == .null)
    #expect(try worker.wait().status == 0)
  }

  @Test func `a prune takes what has ended, and leaves alone what a worker runs beside it`() throws {
    let program = try Program.withPipe()
    #expect(try program.run("submit", "--backtest-run-id", "NONE", "--run-id", "ENDED").status == 0)
    try program.submit("R")
    let worker = try program.start(["worker"], environment: Program.signals)
    try program.eventually("ENDED", is: "failed")
    try program.eventually("R", is: "running")

    let young = try program.run("queue", "prune", "--older-than", "1h", "--json")
    let dry = try program.run("queue", "prune", "--older-than", "0s", "--dry-run", "--json")
    let kept = try program.state("ENDED")
    let pruned = try program.run("queue", "prune", "--older-than", "0s", "--json")
    let logs = try program.files(below: "state/prepaper/queue.db.d/logs")
    try program.feedPipe()
    try program.eventually("R", is: "succeeded")
    worker.send(SIGTERM)

    #expect(try young.json["jobs"] == .integer(0))
    #expect(try dry.json["jobs"] == .integer(1) && dry.json["logs"] == .integer(1))
    #expect(kept == "failed")
    #expect(try pruned.json["jobs"] == .integer(1) && pruned.json["logs"] == .integer(1))
    #expect(logs == ["R.1.log"])
    #expect(try program.query(program.queuePath, "SELECT group_concat(run_id) FROM jobs") == "R")
    #expect(try worker.wait().status == 0)
  }

  @Test func `published files stay unless they are asked for, and are removed only where that is allowed`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    for run in ["R", "S"] { try program.submit(run) }
    #expect(try program.run("worker", "--drain").status == 0)
    _ = try program.query(program.queuePath, "UPDATE jobs SET finished_at = 1000 WHERE run_id = 'R'")

    let kept = try program.run("queue", "prune", "--older-than", "1w", "--json")
    let there = try program.files(below: "artifacts/prepaper/R")
    let refused = try program.run(
      "queue", "prune", "--older-than", "0s", "--artifacts", "--json",
      environment: ["PREPAPER_ARTIFACTS_ROOTS": "/nowhere"])
    let state = try program.state("S")
    let removed = try program.run("queue", "prune", "--older-than", "0s", "--artifacts", "--json")

    #expect(try kept.json["jobs"] == .integer(1) && kept.json["run_directories"] == .integer(0))
    #expect(there.count == 7)
    #expect(refused.status == 73)
    #expect(try refused.errorCode == "artifacts_root_refused")
    #expect(state == "succeeded")
    #expect(try removed.json["jobs"] == .integer(1) && removed.json["run_directories"] == .integer(1))
    #expect(try program.files(below: "artifacts/prepaper").allSatisfy { !$0.hasPrefix("S") })
  }

  @Test(arguments: ["30", "d", "-1d", "1.5h", "1y", "", "99999999999999999w"])
  func `an age that is none is refused`(_ age: String) throws {
    #expect(try Program().run("queue", "prune", "--older-than=\(age)").status == 64)
  }

  @Test func `statistics tell what waits, how long runs waited and took, and who works`() throws {
    let program = try Program.withPipe()
    #expect(try program.run("submit", "--backtest-run-id", "NONE", "--run-id", "ENDED").status == 0)
    try program.submit("R")
    let worker = try program.start(["worker"], environment: Program.signals)
    try program.eventually("R", is: "running")
    try program.submit("LATER", "--at", "2999-01-01T00:00:00Z")
    try program.submit("WAITS")

    let stats = try program.run("queue", "stats", "--json").json
    let text = try program.run("queue", "stats")
    try program.feedPipe()
    try program.eventually("R", is: "succeeded")
    worker.send(SIGKILL)
    _ = try worker.wait()

    #expect(
      stats["counts"]
        == .object([
          "queued": .integer(1), "scheduled": .integer(1), "running": .integer(1), "succeeded": .integer(0),
          "failed": .integer(1), "cancelled": .integer(0),
        ]))
    #expect(stats["attempts"]?["failed"] == .integer(1) && stats["rescues"] == .integer(0))
    #expect(stats["next_run_at"] == "2999-01-01T00:00:00Z")
    #expect(try #require(stats["oldest_wait"]?.doubleValue) >= 0)
    #expect(stats["wait"]?["count"] == .integer(2) && stats["run"]?["count"] == .integer(1))
    #expect(
      try #require(stats["wait"]?["p50"]?.doubleValue) <= #require(stats["wait"]?["max"]?.doubleValue))
    #expect(try #require(stats["wal_bytes"]?.integerValue) > 0)
    guard case .array(let workers)? = stats["workers"] else {
      Issue.record("no workers in \(stats)")
      return
    }
    #expect(workers.count == 1 && workers.first?["pid"]?.integerValue != nil)
    #expect(text.output.contains("write-ahead log") && text.output.contains("p95"))
  }

  @Test func `a queue that is not there has nothing to tell, and is not made`() throws {
    let program = try Program()

    #expect(try program.run("queue", "stats", "--json").json["wait"] == .null)
    #expect(try program.run("queue", "prune", "--older-than", "1d", "--json").json["jobs"] == .integer(0))
    #expect(try program.run("queue", "resume").output == "was not paused\n")
    #expect(try program.run("queue", "check").status == 0)
    #expect(try program.run("status", "--watch").status == 66)
    #expect(try program.files() == [])
  }

  @Test func `a check names a run whose worker is dead, until another has taken it back`() throws {
    let program = try Program.withPipe()
    try program.submit("R")
    let worker = try program.start(["worker"], environment: Program.signals)
    try program.eventually("R", is: "running")
    let sound = try program.run("queue", "check", "--json")
    worker.send(SIGKILL)
    #expect(try worker.wait().status == 128 + SIGKILL)

    let broken = try program.run("queue", "check", "--json")
    try program.replacePipe()
    #expect(try program.run("worker", "--drain", environment: Program.signals).status == 0)

    #expect(sound.status == 0, "\(sound.output)")
    #expect(try sound.json["broken"] == .null)
    #expect(broken.status == 1)
    #expect(try broken.json["broken"] == "running-has-holder")
    #expect(try broken.errorCode == "check_failed")
    #expect(broken.errors.contains("run R is running, but attempt 1"), "\(broken.errors)")
    #expect(try program.run("queue", "check").status == 0)
  }
}
