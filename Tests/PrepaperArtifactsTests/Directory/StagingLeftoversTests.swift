import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct StagingLeftoversTests {
  @Test func `what a crashed attempt left is cleared, and nothing beyond`() throws {
    // Given files, folders and a link in the staging directory
    let sample = try SampleStaging()
    let left = "prepaper/.staging/run-1.1"
    try sample.directory.write("old", to: "\(left)/plan.json")
    try sample.directory.write("old", to: "\(left)/bars/deep/SPY.M1.csv")
    try sample.directory.write("old", to: "\(left)/.hidden")
    try sample.directory.write("kept", to: "elsewhere/file")
    try link("\(left)/link", to: "elsewhere", sample)

    // When the attempt stages again
    let staging = try sample.stage()

    // Then its directory is empty, and what the link led to is as it was
    #expect(try sample.names(in: "/.staging/run-1.1").isEmpty)
    #expect(try sample.directory.read("elsewhere/file") == "kept")
    _ = try staging.files.write([], to: "plan.json")
  }

  @Test func `what other attempts of the run left is cleared, what other runs left is not`() throws {
    // Given what attempts of this run left, also halfway removed, and things with names like theirs
    let sample = try SampleStaging()
    let kept = ["run-10.2", "run-1.x.2", "run-1.2.2", "run-2.2", "run-1.two", "run-1.", "run-1.43"]
    for name in ["run-1.2", "run-1.0", "run-1.41", "run-1.5.gone"] + kept {
      try sample.directory.write("old", to: "prepaper/.staging/\(name)/bars/SPY.M1.csv")
    }
    try sample.directory.write("old", to: "prepaper/.staging/run-1.3")

    // When another attempt stages
    let staging = try sample.stage(attempt: 42)

    // Then only those of this run are gone
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(sample.root.path)/prepaper/.staging")
    #expect(names.sorted() == (kept + ["run-1.42"]).sorted())
    _ = try staging.files.write([], to: "plan.json")
  }

  // The queue has given the run to the next: what the one before still does must not come to anything.
  @Test func `an attempt that still writes when the next begins cannot be published`() throws {
    let sample = try SampleStaging()
    let former = try sample.stage(attempt: 1)
    _ = try former.files.write(Array("former".utf8), to: "plan.json")
    try former.seal()

    let next = try sample.stage(attempt: 2)
    let error = #expect(throws: RunError.self) { try former.staged.publish() }

    #expect(error?.code == .workerLost)
    #expect(try sample.names() == [".staging", ".staging/run-1.2"])
    _ = try next.files.write([], to: "plan.json")
  }

  @Test func `a run outside the queue that is under way keeps its files`() throws {
    let sample = try SampleStaging()
    let holder = try sample.stage(attempt: 0)
    _ = try holder.files.write(Array("mine".utf8), to: "plan.json")

    let next = try sample.stage(attempt: 2)

    #expect(try sample.directory.read("prepaper/.staging/run-1.0/plan.json") == "mine")
    _ = try next.files.write([], to: "plan.json")
  }

  @Test(arguments: [1, 2] as [Int64])
  func `a link in the place of a staging directory is not followed`(attempt: Int64) throws {
    // Given a link where an attempt would write, to a folder that is none of its business
    let sample = try SampleStaging()
    try sample.directory.write("kept", to: "elsewhere/file")
    try sample.directory.write("", to: "prepaper/.staging/other.1/file")
    try link("prepaper/.staging/run-1.\(attempt)", to: "elsewhere", sample)

    // When the first attempt stages
    do {
      let staging = try sample.stage(attempt: 1)
      _ = try staging.files.write([], to: "plan.json")
      #expect(attempt == 2)
    } catch let error as RunError {
      // Then it is refused where the link is its own
      #expect(attempt == 1)
      #expect(error.code == .cannotWrite)
    }
    // Nor when a later one clears what is left
    _ = try sample.stage(attempt: 3)

    // And the folder is as it was
    #expect(try sample.directory.read("elsewhere/file") == "kept")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(sample.root.path)/elsewhere") == ["file"])
  }

  private func link(_ path: String, to target: String, _ sample: SampleStaging) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(sample.root.path)/\(path)", withDestinationPath: "\(sample.root.path)/\(target)")
  }
}
