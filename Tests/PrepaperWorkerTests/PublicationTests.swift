import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct PublicationTests {
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    try workshop.submit()
  }

  @Test func `a run that cannot be published has failed, and leaves nothing staged`() async throws {
    // A file stands where the run's directory would go.
    try workshop.directory.write("in the way", to: "artifacts/prepaper/run")

    let turn = try await workshop.worker(FakeExecutor()).step()

    #expect(turn == .worked)
    #expect(try workshop.job().state == .failed)
    #expect(try workshop.job().errorCode == "cannot_write")
    #expect(try workshop.directory.read("artifacts/prepaper/run") == "in the way")
    #expect(try workshop.staged() == [])
  }

  @Test(arguments: [
    [ArtifactFile(path: "plan.json", bytes: 9, sha256: "short")],
    Array(repeating: ArtifactFile(path: "plan.json", bytes: 9, sha256: String(repeating: "0", count: 64)), count: 2),
  ])
  func `an outcome that the queue will never take fails the run`(files: [ArtifactFile]) async throws {
    let executor = FakeExecutor { claim in
      let staged = try stage(claim)
      return StagedAttempt(staging: staged.staging, status: .success, reason: nil, isSynthetic: true, files: files)
    }
    let refusals = Mutex(0)
    let clock = TestClock(sleeping: { [workshop] duration in
      guard duration != Workshop.heartbeat else { return try await untilCancelled() }
      // Only a claim by another ends a worker that would try for ever.
      if refusals.next() == 100 {
        _ = try workshop.queue.claimNext(worker: "w2", lease: Workshop.lease, now: instant(3600))
      }
    })

    let turn = try await workshop.worker(executor, clock: clock).step()

    let job = try workshop.job()
    #expect(turn == .worked)
    #expect(refusals.withLock { $0 } == 0)
    #expect((job.state, job.errorCode) == (.failed, "unexpected"))
    #expect(job.errorMessage?.contains("constraint failed") == true)
    #expect(try workshop.details().attempts.map(\.outcome) == ["failed"])
  }

  @Test func `nothing is to be seen before the attempt is proven to be the current one`() async throws {
    let clock = TestClock(sleeping: { _ in try await untilCancelled() })
    let executor = FakeExecutor { [workshop] claim in
      let staged = try stage(claim)
      #expect(workshop.published() == nil)
      #expect(try workshop.staged() == ["run.1"])
      return staged
    }

    _ = try await workshop.worker(executor, clock: clock).step()

    #expect(workshop.published() == "attempt 1")
  }
}
