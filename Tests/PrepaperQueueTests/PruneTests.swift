import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite
import Testing

@Suite struct PruneTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `only jobs that ended before the moment are taken out`() throws {
    for (number, ended) in Ended.allCases.enumerated() { try ended.make("run-\(number)", in: queue) }
    try queue.submit("late", priority: 1)
    try queue.one.finish(try #require(try queue.claim("w1")), published(), now: instant(10))
    let ended = Ended.allCases.indices.filter {
      [.failed, .noSignals, .cancelled, .succeeded].contains(Ended.allCases[$0])
    }
    let kept = Set(Ended.allCases.indices).subtracting(ended).map { "run-\($0)" } + ["late"]

    var names: [String] = []
    let count = try queue.one.prune(endedBefore: instant(10)) { names.append($0.runID.description) }

    #expect(count == 4)
    #expect(names == ended.map { "run-\($0)" })
    #expect(Set(try queue.two.jobs(state: nil, limit: 20).map(\.request.runID.description)) == Set(kept))
    #expect(try queue.two.overview().counts == counts(queued: 1, scheduled: 1, running: 1, succeeded: 1))
    #expect(try queue.breach() == nil)
  }

  @Test func `a moment at which a job ended is not before it ended`() throws {
    try Ended.failed.make("run", in: queue)

    #expect(try queue.one.prune(endedBefore: instant(1)) { _ in } == 0)
    #expect(try queue.one.prune(endedBefore: instant(1) + .milliseconds(1)) { _ in } == 1)
  }

  @Test func `what a job has left in the queue goes with it, what it has counted stays`() throws {
    try queue.submit("run")
    try queue.one.finish(try #require(try queue.claim("w1")), transient(after: 0), now: instant(0))
    let file = ArtifactFile(path: "plan.json", bytes: 2, sha256: String(repeating: "0", count: 64))
    try queue.one.finish(try #require(try queue.claim("w1")), published(files: [file]), now: instant(1))

    var pruned: [PrunedJob] = []
    _ = try queue.one.prune(endedBefore: instant(9)) { pruned.append($0) }

    #expect(pruned.map(\.runID) == [try runID("run")])
    #expect(pruned.map(\.artifactsRoot) == ["/srv/artifacts"])
    #expect(pruned.map(\.isPublished) == [true])
    #expect(pruned.map(\.logs) == [["logs/run.1.log", "logs/run.2.log"]])
    let left = try queue.content().filter { !$0.hasPrefix("counters") && !$0.hasPrefix("gate") }
    #expect(left == [])
    #expect(try queue.two.overview().attempts["succeeded"] == 1)
    #expect(try queue.two.overview().attempts["failed"] == 1)
    #expect(try queue.breach() == nil)
  }

  @Test func `a run that never succeeded is not published`() throws {
    try Ended.failed.make("failed", in: queue)
    try queue.submit("never")
    _ = try queue.one.cancel([runID("never")], now: instant(1))

    var pruned: [PrunedJob] = []
    _ = try queue.one.prune(endedBefore: instant(9)) { pruned.append($0) }

    #expect(pruned.map(\.isPublished) == [false, false])
    #expect(pruned.map(\.logs) == [["logs/failed.1.log"], []])
  }

  @Test(arguments: [1, 2, 3, 7, 8])
  func `more jobs than one step takes are all taken out`(atOnce: Int) throws {
    for number in 0..<7 {
      try queue.submit("run-\(number)")
      if number % 3 != 1 { _ = try queue.one.cancel([runID("run-\(number)")], now: instant(1)) }
    }

    var names: [String] = []
    let count = try queue.one.prune(endedBefore: instant(9), atOnce: atOnce) { names.append($0.runID.description) }

    #expect(count == 5)
    #expect(names == ["run-0", "run-2", "run-3", "run-5", "run-6"])
    #expect(try queue.two.overview().counts[.cancelled] == 0)
    #expect(try queue.breach() == nil)
  }

  @Test func `where the files of a job cannot be removed, its step is undone and the ones before hold`() throws {
    for number in 0..<6 {
      try queue.submit("run-\(number)")
      _ = try queue.one.cancel([runID("run-\(number)")], now: instant(1))
    }

    #expect(throws: CannotRemove.self) {
      try queue.one.prune(endedBefore: instant(9), atOnce: 2) { job in
        if job.runID == (try runID("run-3")) { throw CannotRemove() }
      }
    }

    let left = try queue.two.jobs(state: nil, limit: 20).map(\.request.runID.description)
    #expect(left == ["run-5", "run-4", "run-3", "run-2"])
    #expect(try queue.two.overview().counts[.cancelled] == 4)
    #expect(try queue.one.prune(endedBefore: instant(9)) { _ in } == 4)
    #expect(try queue.breach() == nil)
  }

  @Test func `while the files of a job are removed, nobody can retry it`() throws {
    try Ended.failed.make("run", in: queue)
    let other = try openStore(queue.path, deadline: .zero)

    var failure: SQLiteFailure?
    let count = try queue.one.prune(endedBefore: instant(9)) { job in
      let state = try other.details(job.runID).job.state
      #expect(state == .failed)
      failure = #expect(throws: SQLiteFailure.self) { try other.retry([job.runID], force: true, now: instant(10)) }
    }

    #expect(failure?.kind == .busy)
    #expect(count == 1)
    let error = #expect(throws: JobStoreError.self) { try other.retry([runID("run")], force: true, now: instant(10)) }
    #expect(error?.code == .noSuchRun)
  }

  @Test func `a run id that was pruned is free again`() throws {
    try Ended.succeeded.make("run", in: queue)
    let old = try queue.job()
    _ = try queue.one.prune(endedBefore: instant(9)) { _ in }

    let submitted = try queue.one.submit(request("run"), now: instant(10))

    #expect(submitted.created)
    #expect((submitted.job.attempt, submitted.job.state) == (0, .queued))
    #expect(submitted.job.submittedAt != old.submittedAt)
    #expect(try queue.breach() == nil)
  }

  @Test func `a job whose run id cannot be read is taken out without its files`() throws {
    try Ended.failed.make("run", in: queue)
    try queue.raw().write { try $0.execute(sql: "UPDATE jobs SET request = json_set(request, '$.run_id', '../up')") }

    var names: [RunID] = []
    #expect(try queue.one.prune(endedBefore: instant(9)) { names.append($0.runID) } == 1)
    #expect(names == [])
  }

  private func counts(queued: Int, scheduled: Int, running: Int, succeeded: Int) -> [JobState: Int] {
    [.queued: queued, .scheduled: scheduled, .running: running, .succeeded: succeeded, .failed: 0, .cancelled: 0]
  }
}

private struct CannotRemove: Error {}
