import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperTestSupport
import Synchronization
import Testing

/// An artifacts root of its own, with one run's staging directories in it.
struct SampleStaging {
  let directory: TemporaryDirectory
  let root: ArtifactsRoot
  let runID: RunID

  init() throws {
    directory = try TemporaryDirectory()
    root = ArtifactsRoot(path: directory.path)
    runID = try #require(RunID("run-1"))
  }

  /// Makes a staging directory for an attempt.
  func stage(attempt: Int64 = 1) throws -> StagingDirectory {
    try StagingDirectory(root: root, runID: runID, attempt: attempt)
  }

  /// Stages and publishes these files; the path of the run.
  @discardableResult
  func publish(_ files: [String: String], attempt: Int64 = 1) throws -> String {
    let staging = try stage(attempt: attempt)
    for (file, text) in files { _ = try staging.files.write(Array(text.utf8), to: file) }
    try staging.seal()
    return try staging.staged.publish()
  }

  /// The names of everything below the root's `prepaper/`, sorted; a link is a name like any other.
  func names(in folder: String = "") throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: "\(root.path)/prepaper\(folder)").sorted()
  }
}

/// Lets one task go round and round until another one is done, and that one wait until it has gone far enough.
final class Rounds: Sendable {
  private let count = Atomic(0)
  private let areOver = Atomic(false)

  /// How many there were.
  var made: Int { count.load(ordering: .acquiring) }

  /// Does something over and over until `end()` is called.
  func keepOn(_ body: () -> Void) async {
    while !areOver.load(ordering: .acquiring) {
      body()
      count.add(1, ordering: .acquiringAndReleasing)
      await Task.yield()
    }
  }

  /// Ends them.
  func end() {
    areOver.store(true, ordering: .releasing)
  }
}
