import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperTestSupport
import Testing

/// Every worker that sees a lost attempt discards its files, and the next attempt does too.
@Suite struct DiscardTogetherTests {
  @Test func `several who discard the same staged files do not fail each other`() async throws {
    let directory = try TemporaryDirectory()
    let root = ArtifactsRoot(path: directory.path)
    let runID = try #require(RunID("run"))
    for attempt in 1...100 {
      for file in 0..<5 {
        for folder in ["a", "b", "c"] {
          try directory.write("\(file)", to: "prepaper/.staging/run.\(attempt)/\(folder)/\(file)")
        }
      }

      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 { group.addTask { try root.discardStaging(runID, attempt: Int64(attempt)) } }
        try await group.waitForAll()
      }

      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(directory.path)/prepaper/.staging") == [])
    }
  }
}
