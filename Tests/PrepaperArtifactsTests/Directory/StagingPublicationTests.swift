import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct StagingPublicationTests {
  @Test func `a new run is put into its place as a whole`() throws {
    let sample = try SampleStaging()
    let staging = try sample.stage()
    _ = try staging.files.write(Array("plan".utf8), to: "plan.json")
    _ = try staging.files.write(Array("bars".utf8), to: "bars/SPY.M1.csv")
    try staging.seal()
    #expect(
      try sample.names() == [
        ".staging", ".staging/run-1.1", ".staging/run-1.1/bars", ".staging/run-1.1/bars/SPY.M1.csv",
        ".staging/run-1.1/plan.json",
      ])

    let path = try staging.staged.publish()

    #expect(path == "\(sample.root.path)/prepaper/run-1")
    #expect(try sample.names() == [".staging", "run-1", "run-1/bars", "run-1/bars/SPY.M1.csv", "run-1/plan.json"])
    #expect(try sample.root.published("plan.json", of: sample.runID) == Array("plan".utf8))
  }

  @Test func `an older run is replaced as a whole`() throws {
    // Given a run with a file that the next one does not have
    let sample = try SampleStaging()
    try sample.publish(["plan.json": "old", "report.html": "old", "bars/SPY.M1.csv": "old", "bars/x/y": "old"])

    // When the run is published again
    try sample.publish(["plan.json": "new", "bars/SPY.M5.csv": "new"], attempt: 2)

    // Then nothing of the older one is left
    #expect(try sample.names() == [".staging", "run-1", "run-1/bars", "run-1/bars/SPY.M5.csv", "run-1/plan.json"])
    #expect(try sample.root.published("plan.json", of: sample.runID) == Array("new".utf8))
  }

  @Test func `an empty directory in the run's place is replaced`() throws {
    let sample = try SampleStaging()
    try FileManager.default.createDirectory(
      atPath: "\(sample.root.path)/prepaper/run-1", withIntermediateDirectories: true)

    try sample.publish(["plan.json": "new"])

    #expect(try sample.names() == [".staging", "run-1", "run-1/plan.json"])
  }

  @Test func `a run can be published many times`() throws {
    let sample = try SampleStaging()

    for attempt in Int64(1)...20 {
      try sample.publish(["plan.json": "\(attempt)", "only-\(attempt).json": ""], attempt: attempt)
    }

    #expect(try sample.names() == [".staging", "run-1", "run-1/only-20.json", "run-1/plan.json"])
    #expect(try sample.root.published("plan.json", of: sample.runID) == Array("20".utf8))
  }

  @Test func `a reader finds the run at any time`() async throws {
    // Given a run
    let sample = try SampleStaging()
    let plan = try sample.publish(["plan.json": "0"]) + "/plan.json"
    let looks = Rounds()

    // When it is published over and over while its plan is looked for
    let absent = try await withThrowingTaskGroup(of: Int.self) { group in
      group.addTask {
        var absent = 0
        await looks.keepOn { if !FileManager.default.fileExists(atPath: plan) { absent += 1 } }
        return absent
      }
      group.addTask {
        defer { looks.end() }
        var number = Int64(0)
        while number < 40 || looks.made < 200 {
          number += 1
          try sample.publish(["plan.json": "\(number)"], attempt: number)
          await Task.yield()
        }
        return 0
      }
      return try await group.reduce(0, +)
    }

    // Then it is there each time
    #expect(absent == 0)
  }

  @Test func `a file in the run's place is left as it is`() throws {
    let sample = try SampleStaging()
    try sample.directory.write("kept", to: "prepaper/run-1")
    let staging = try sample.stage()
    _ = try staging.files.write([], to: "plan.json")

    let error = #expect(throws: RunError.self) { try staging.staged.publish() }

    #expect(
      error == RunError(.cannotWrite, "cannot publish \(sample.root.path)/prepaper/run-1: Not a directory"))
    #expect(try sample.directory.read("prepaper/run-1") == "kept")
    #expect(try sample.names(in: "/.staging") == ["run-1.1", "run-1.1/plan.json"])
  }

  @Test func `what is published cannot be discarded`() throws {
    let sample = try SampleStaging()
    let staging = try sample.stage()
    _ = try staging.files.write([], to: "plan.json")
    _ = try staging.staged.publish()

    try staging.staged.discard()

    #expect(try sample.names() == [".staging", "run-1", "run-1/plan.json"])
  }
}
