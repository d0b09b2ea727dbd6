import PrepaperDomain
import PrepaperQueue
import PrepaperSQLite
import Testing

@Suite struct BulkTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `jobs that are submitted together are there in their order`() throws {
    let submitted = try queue.one.submit(
      all: ["a", "b", "c"].map { Submission(try request($0), JobOptions(priority: $0 == "b" ? 1 : 0)) }, now: instant(3)
    )

    #expect(submitted.map(\.created) == [true, true, true])
    #expect(submitted.map(\.job) == (try ["a", "b", "c"].map(queue.job)))
    #expect(try (1...3).map { _ in try queue.claimName() } == ["b", "a", "c"])
    #expect(try queue.breach() == nil)
  }

  @Test func `a submission of nothing does nothing`() throws {
    let content = try queue.content()

    #expect(try queue.one.submit(all: [], now: instant(0)).isEmpty)
    #expect(try queue.content() == content)
  }

  @Test func `one that is there already is the job that is there, the others are new`() throws {
    try queue.submit("b", priority: 5)

    let submitted = try queue.two.submit(all: ["a", "b", "a"].map { Submission(try request($0)) }, now: instant(3))

    #expect(submitted.map(\.created) == [true, false, false])
    #expect(submitted.map(\.job.priority) == [0, 5, 0])
    #expect(submitted[0].job == submitted[2].job)
    #expect(try queue.two.overview().counts[.queued] == 2)
  }

  @Test(arguments: Refusal.allCases)
  func `where one is refused, none is there`(refusal: Refusal) throws {
    try queue.submit("taken")
    let content = try queue.content()
    let submissions = try ["a", "b"].map { Submission(try request($0), JobOptions(concurrencyKey: "key")) }

    #expect(throws: (any Error).self) {
      try queue.one.submit(all: submissions + [refusal.submission()] + submissions, now: instant(1))
    }

    #expect(try queue.content() == content)
    #expect(try queue.one.submit(all: submissions, now: instant(2)).map(\.created) == [true, true])
  }

  @Test func `a later line may wait for an earlier one`() throws {
    _ = try queue.one.submit(
      all: [
        Submission(request("a")), Submission(request("b"), JobOptions(after: runID("a"))),
        Submission(request("c"), JobOptions(after: runID("b"))),
      ], now: instant(0))

    #expect(try ["a", "b", "c"].map { try queue.job($0).state } == [.queued, .scheduled, .scheduled])
    #expect(try queue.breach() == nil)
  }

  @Test func `an earlier line may not wait for a later one`() throws {
    let content = try queue.content()

    let error = #expect(throws: JobStoreError.self) {
      try queue.one.submit(
        all: [Submission(request("b"), JobOptions(after: runID("a"))), Submission(request("a"))], now: instant(0))
    }

    #expect(error?.code == .noSuchRun)
    #expect(try queue.content() == content)
  }
}

/// A submission that the queue does not take.
enum Refusal: CaseIterable {
  case runIDTaken, noDependency, ownDependency, noTries

  func submission() throws -> Submission {
    switch self {
    case .runIDTaken:
      Submission(try request("taken", root: "/srv/other"))
    case .noDependency: Submission(try request("c"), JobOptions(after: try runID("nobody")))
    case .ownDependency: Submission(try request("c"), JobOptions(after: try runID("c")))
    case .noTries: Submission(try request("c"), JobOptions(maxTries: 0))
    }
  }
}
