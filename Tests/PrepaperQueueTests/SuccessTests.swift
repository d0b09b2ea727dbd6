import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite
import Testing

@Suite struct SuccessTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test(arguments: [
    PublishedRun(
      status: .success, reason: nil, isSynthetic: false, directory: "/srv/artifacts/prepaper/run",
      files: [file("plan.json", 7), file("bars/SPY.csv", 0), file("run_manifest.json", 1 << 40)]),
    PublishedRun(
      status: .noSignals, reason: "insufficient_history", isSynthetic: true, directory: "/srv/größer/run", files: []),
  ])
  func `a published run is recorded whole`(run: PublishedRun) throws {
    let claim = try queue.submitClaimed()

    let state = try queue.one.finish(claim, .succeeded(run), now: instant(9))

    let details = try queue.two.details(runID("run"))
    #expect(state == .succeeded)
    let job = details.job
    #expect(job.state == .succeeded)
    #expect((job.result, job.reason, job.isSynthetic) == (run.status, run.reason, run.isSynthetic))
    #expect((job.runDirectory, job.finishedAt) == (run.directory, instant(9)))
    #expect(job.worker == nil && job.leaseUntil == nil && job.errorCode == nil)
    #expect(details.files == run.files.sorted { $0.path < $1.path })
    #expect(details.attempts.map(\.outcome) == ["succeeded"])
    #expect(details.attempts.map(\.finishedAt) == [instant(9)])
    #expect(try queue.history() == ["submitted", "claimed", "succeeded"])
  }

  @Test func `a success clears the failures before it`() throws {
    let first = try queue.submitClaimed()
    try queue.one.finish(first, transient(after: 10), now: instant(5))
    let second = try #require(try queue.claim("w2", at: 15))

    try queue.one.finish(second, published(), now: instant(20))

    let job = try queue.job()
    #expect(job.errorCode == nil && job.errorMessage == nil && job.runAt == nil)
    #expect(try queue.attempts().map(\.errorCode) == ["store_busy", nil])
  }

  @Test func `a run that is executed again has the files of the last time`() throws {
    let first = try queue.submitClaimed()
    try queue.one.finish(first, published(files: [Self.file("a", 1), Self.file("b", 2)]), now: instant(1))
    let retried = try queue.one.retry([runID("run")], force: true, now: instant(2))
    #expect(retried.map(\.result) == [nil])
    #expect(try queue.two.details(runID("run")).files.isEmpty)
    let second = try #require(try queue.claim("w1", at: 3))

    try queue.one.finish(second, published(files: [Self.file("b", 3)]), now: instant(4))

    #expect(try queue.two.details(runID("run")).files == [Self.file("b", 3)])
  }

  @Test func `an outcome that breaks a rule is not recorded in part`() throws {
    let claim = try queue.submitClaimed()
    let content = try queue.content()
    let files = [Self.file("a", 1), ArtifactFile(path: "b", bytes: 1, sha256: "short")]

    let failure = #expect(throws: SQLiteFailure.self) {
      try queue.one.finish(claim, published(files: files), now: instant(1))
    }

    #expect(failure?.kind == .constraint)
    #expect(failure?.path == queue.path)
    #expect(try queue.content() == content)
    #expect(try queue.one.finish(claim, published(), now: instant(2)) == .succeeded)
  }

  @Test func `an outcome is recorded in a cancelled task too`() async throws {
    let claim = try queue.submitClaimed()
    let store = queue.one

    let state = try await Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      try #require(Task.isCancelled)
      return try store.finish(claim, published(), now: instant(1))
    }.value

    #expect(state == .succeeded)
    #expect(try queue.job().state == .succeeded)
  }

  private static func file(_ path: String, _ bytes: Int) -> ArtifactFile {
    ArtifactFile(path: path, bytes: bytes, sha256: String(repeating: "0a", count: 32))
  }
}
