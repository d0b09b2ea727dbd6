import Glibc
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct StagingLockTests {
  @Test func `while one process writes another one is refused`() throws {
    // Given a holder that has written
    let sample = try SampleStaging()
    let holder = try sample.stage()
    _ = try holder.files.write(Array("mine".utf8), to: "plan.json")

    // When a second one comes, which would clear the directory
    let error = #expect(throws: RunError.self) { try sample.stage() }

    // Then it is told to wait, and the holder's file is still there
    #expect(
      error
        == RunError(
          .storeBusy,
          "another process is writing \(sample.root.path)/prepaper/.staging/run-1.1; wait until it is done"))
    #expect(error?.code.isTransient == true)
    #expect(try sample.directory.read("prepaper/.staging/run-1.1/plan.json") == "mine")
  }

  @Test func `a holder that is gone makes room`() throws {
    let sample = try SampleStaging()
    var holder: StagingDirectory? = try sample.stage()
    _ = try holder?.files.write([], to: "plan.json")
    #expect(throws: RunError.self) { try sample.stage() }

    holder = nil

    let next = try sample.stage()
    #expect(try sample.names(in: "/.staging/run-1.1").isEmpty)
    _ = try next.files.write([], to: "plan.json")
  }

  @Test func `attempts and runs do not wait for each other`() throws {
    let sample = try SampleStaging()
    let other = try #require(RunID("run-2"))

    let holders = [
      try sample.stage(attempt: 0), try sample.stage(attempt: 2),
      try StagingDirectory(root: sample.root, runID: other, attempt: 1),
    ]

    for holder in holders { _ = try holder.files.write([], to: "plan.json") }
    #expect(try sample.names(in: "/.staging").count { $0.hasSuffix("plan.json") } == 3)
  }

  // A descriptor that is closed twice is, the second time, a file of somebody else.
  @Test func `who is refused closes no file of others`() async throws {
    // Given a holder, and a task that opens and closes files of its own
    let sample = try SampleStaging()
    let holder = try sample.stage()
    let rounds = Rounds()

    // When others are refused all the while
    let lost = try await withThrowingTaskGroup(of: Int.self) { group in
      group.addTask {
        var lost = 0
        await rounds.keepOn {
          // Always the lowest free number is given out: the one that somebody else has just closed.
          let descriptors = (0..<200).map { _ in unsafe open("/dev/null", O_RDONLY | O_CLOEXEC) }
          for descriptor in descriptors where close(descriptor) != 0 { lost += 1 }
        }
        return lost
      }
      group.addTask {
        defer { rounds.end() }
        var refusals = 0
        while refusals < 1000 || rounds.made < 50 {
          refusals += 1
          do {
            _ = try sample.stage()
          } catch let error as RunError {
            try #require(error.code == .storeBusy)
          }
          await Task.yield()
        }
        return 0
      }
      return try await group.reduce(0, +)
    }

    // Then no file was closed under the task's hands
    #expect(lost == 0)
    _ = try holder.files.write([], to: "plan.json")
  }
}
