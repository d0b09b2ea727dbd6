import PrepaperDomain
import PrepaperQueue
import Testing

@Suite struct ClaimTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `an empty queue has nothing to claim`() throws {
    #expect(try queue.claim("w1") == nil)
  }

  @Test func `a claim says what to run, and the job says who runs it`() throws {
    try queue.submit("run", maxTries: 4)

    let claim = try #require(try queue.one.claimNext(worker: "w1", lease: .milliseconds(30_500), now: instant(5)))

    let job = try queue.job()
    #expect(claim.jobID == job.id && claim.worker == "w1" && claim.request == job.request)
    #expect((claim.attempt, claim.tries, claim.maxTries) == (1, 1, 4))
    #expect(job.state == .running)
    #expect((job.attempt, job.tries, job.worker) == (1, 1, "w1"))
    #expect(job.leaseUntil == instant(5) + .milliseconds(30_500))
    #expect(job.startedAt == instant(5))
    #expect(try queue.attempts().map(\.number) == [1])
    #expect(try queue.attempts().first?.startedAt == instant(5))
    #expect(try queue.attempts().first?.outcome == nil)
  }

  @Test func `the highest priority is claimed first, then the oldest`() throws {
    for (name, priority) in [("a", 0), ("b", 5), ("c", -3), ("d", 9), ("e", 5), ("f", 0), ("g", 9)] {
      try queue.submit(name, priority: priority)
    }

    let order = try (1...7).compactMap { _ in try queue.claim("w1")?.request.runID.description }

    #expect(order == ["d", "g", "b", "e", "a", "f", "c"])
  }

  @Test func `a claimed job is nobody else's`() throws {
    let claim = try queue.submitClaimed()

    #expect(try queue.two.claimNext(worker: "w2", lease: .seconds(30), now: instant(1)) == nil)
    #expect(try queue.two.claimNext(worker: "w1", lease: .seconds(30), now: instant(1)) == nil)
    #expect(try queue.job().attempt == claim.attempt)
  }

  @Test func `each claim of a job has the next number`() throws {
    try queue.submit("run", maxTries: 2)

    var numbers: [Int64] = []
    for round in 0..<4 {
      let claim = try #require(try queue.claim("w\(round)", at: Int64(round) * 60))
      numbers.append(claim.attempt)
      if try queue.one.finish(claim, transient(), now: instant(Int64(round) * 60 + 1)) == .failed {
        _ = try queue.one.retry([runID("run")], force: false, now: instant(Int64(round) * 60 + 2))
      }
    }

    #expect(numbers == [1, 2, 3, 4])
    #expect(try queue.attempts().map(\.number) == [1, 2, 3, 4])
    #expect(try queue.attempts().map(\.worker) == ["w0", "w1", "w2", "w3"])
  }

  @Test(.timeLimit(.minutes(5)))
  func `workers that claim at the same time never share a job`() async throws {
    for number in 0..<60 { try queue.submit("run-\(number)", priority: number % 3) }
    let path = queue.path

    let claims = try await withThrowingTaskGroup(of: [Claim].self) { group in
      for worker in 1...6 {
        group.addTask {
          let store = try openStore(path, seed: UInt64(worker))
          var claims: [Claim] = []
          while let claim = try store.claimNext(worker: "w\(worker)", lease: .seconds(30), now: instant(1)) {
            claims.append(claim)
          }
          return claims
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }

    #expect(claims.count == 60)
    #expect(Set(claims.map(\.jobID)).count == 60)
    for claim in claims {
      #expect(try queue.job(claim.request.runID.description).worker == claim.worker)
    }
  }
}
