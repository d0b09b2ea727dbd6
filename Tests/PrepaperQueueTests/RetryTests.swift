import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

@Suite struct RetryTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test(arguments: [Ended.failed, .noSignals, .cancelled])
  func `an ended run without signals is queued again, with all its tries`(ended: Ended) throws {
    try ended.make("run", in: queue)

    let jobs = try queue.one.retry([runID("run")], force: false, now: instant(50))

    let job = try queue.job()
    #expect(jobs == [job])
    #expect((job.state, job.tries, job.attempt, job.maxTries) == (.queued, 0, 1, 3))
    #expect(job.result == nil && job.reason == nil && job.isSynthetic == nil && job.runDirectory == nil)
    #expect(job.errorCode == nil && job.errorMessage == nil && job.finishedAt == nil)
    #expect(try queue.two.details(runID("run")).files.isEmpty)
    #expect(try queue.history().last == "retried")
    #expect(try queue.two.overview().oldestQueuedSince == instant(50))
    let claim = try #require(try queue.claim("w2", at: 51))
    #expect((claim.attempt, claim.tries) == (2, 1))
  }

  @Test(arguments: [Ended.failed, .noSignals, .cancelled, .succeeded])
  func `force queues any ended run again`(ended: Ended) throws {
    try ended.make("run", in: queue)

    let jobs = try queue.one.retry([runID("run")], force: true, now: instant(50))

    #expect(jobs.map(\.state) == [.queued])
    #expect(try queue.claim("w2", at: 51)?.attempt == 2)
  }

  @Test(arguments: [
    (Ended.queued, false), (.queued, true), (.scheduled, false), (.scheduled, true), (.running, false),
    (.running, true), (.succeeded, false),
  ])
  func `a run that is not to be retried is left alone`(ended: Ended, force: Bool) throws {
    try ended.make("run", in: queue)
    let content = try queue.content()

    let error = #expect(throws: JobStoreError.self) {
      try queue.one.retry([runID("run")], force: force, now: instant(50))
    }

    #expect(error?.code == .notRetryable)
    #expect(try queue.content() == content)
  }

  @Test(arguments: [("running", JobStoreError.Code.notRetryable), ("missing", .noSuchRun)])
  func `several runs are retried together or not at all`(last: String, code: JobStoreError.Code) throws {
    try Ended.failed.make("first", in: queue)
    try Ended.failed.make("second", in: queue)
    try Ended.running.make("running", in: queue)
    let content = try queue.content()

    let error = #expect(throws: JobStoreError.self) {
      try queue.one.retry([runID("first"), runID("second"), runID(last)], force: true, now: instant(50))
    }

    #expect(error?.code == code)
    #expect(try queue.content() == content)
    let jobs = try queue.one.retry([runID("second"), runID("first")], force: false, now: instant(51))
    #expect(jobs.map(\.request.runID.description) == ["second", "first"])
    #expect(jobs.map(\.state) == [.queued, .queued])
  }

  @Test func `a run that is named twice is retried once`() throws {
    try Ended.failed.make("run", in: queue)

    let jobs = try queue.one.retry([runID("run"), runID("run")], force: false, now: instant(50))

    #expect(jobs.map(\.state) == [.queued, .queued])
    #expect(try queue.history() == ["submitted", "claimed", "failed", "retried"])
  }

  @Test func `tries begin anew while attempts go on rising`() throws {
    try queue.submit("run", maxTries: 2)

    var seen: [[Int64]] = []
    for round in 0..<3 {
      for second in [0, 1] {
        let now = Int64(round * 100 + second * 30)
        let claim = try #require(try queue.claim("w1", at: now))
        seen.append([claim.attempt, Int64(claim.tries)])
        try queue.one.finish(claim, transient(after: 10), now: instant(now + 1))
      }
      #expect(try queue.job().state == .failed)
      _ = try queue.one.retry([runID("run")], force: false, now: instant(Int64(round * 100 + 60)))
    }

    #expect(seen == [[1, 1], [2, 2], [3, 1], [4, 2], [5, 1], [6, 2]])
  }

  @Test func `all failed runs are queued again, and no others`() throws {
    for (number, ended) in Ended.allCases.enumerated() { try ended.make("run-\(number)", in: queue) }
    try Ended.failed.make("failed-too", in: queue)

    let jobs = try queue.one.retryFailed(now: instant(50))

    let failed = try #require(Ended.allCases.firstIndex(of: .failed))
    #expect(jobs.map(\.request.runID.description) == ["run-\(failed)", "failed-too"])
    #expect(jobs.allSatisfy { $0.state == .queued && $0.tries == 0 && $0.attempt == 1 && $0.errorCode == nil })
    #expect(try queue.two.overview().counts[.failed] == 0)
    #expect(try queue.two.overview().counts[.succeeded] == 2)
    #expect(try queue.one.retryFailed(now: instant(51)).isEmpty)
  }
}

/// Where a job may stand when somebody retries it.
enum Ended: CaseIterable {
  case running, scheduled, failed, noSignals, cancelled, succeeded, queued

  /// Submits a job above all others, and brings it there.
  func make(_ name: String, in queue: QueueFile) throws {
    try queue.submit(name, priority: 1)
    if self == .queued { return try lower(name, in: queue) }
    let claim = try #require(try queue.claim("w1"))
    let file = ArtifactFile(path: "plan.json", bytes: 2, sha256: String(repeating: "0", count: 64))
    switch self {
    case .queued, .running: break
    case .scheduled: try queue.one.finish(claim, transient(after: 600), now: instant(1))
    case .failed: try queue.one.finish(claim, permanent, now: instant(1))
    case .noSignals: try queue.one.finish(claim, published(.noSignals, files: [file]), now: instant(1))
    case .succeeded: try queue.one.finish(claim, published(files: [file]), now: instant(1))
    case .cancelled: try queue.one.finish(claim, .cancelled, now: instant(1))
    }
  }

  private func lower(_ name: String, in queue: QueueFile) throws {
    try queue.raw().write { try $0.execute(sql: "UPDATE jobs SET priority = 0 WHERE run_id = ?", arguments: [name]) }
  }
}
