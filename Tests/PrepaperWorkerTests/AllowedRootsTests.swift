import Foundation
import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import Testing

// A request names its artifacts root. Which ones a worker writes below is the operator's to say.
@Suite(.timeLimit(.minutes(5))) struct AllowedRootsTests {
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
  }

  @Test(arguments: [nil, ["/"], ["."], [".."], ["/nonexistent", "."], ["link"]] as [[String]?])
  func `a run below an allowed root is executed`(allowed: [String]?) async throws {
    let link = "\(workshop.directory.path)/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: workshop.root)

    let (job, executed) = try await submitAndStep(root: workshop.root, allowed: allowed)

    #expect(executed)
    #expect(job.state == .succeeded)
    #expect(workshop.published() == "attempt 1")
  }

  @Test func `a root is what it leads to, not how it is spelled`() async throws {
    let link = "\(workshop.directory.path)/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: workshop.root)

    let (job, executed) = try await submitAndStep(root: link, allowed: ["."])

    #expect(executed)
    #expect(job.state == .succeeded)
  }

  @Test(arguments: [nil, [".."]] as [[String]?])
  func `a root that is not there is input that is missing`(allowed: [String]?) async throws {
    let (job, executed) = try await submitAndStep(root: "\(workshop.directory.path)/missing", allowed: allowed)

    #expect(!executed)
    #expect((job.state, job.errorCode) == (.failed, "manifest_not_found"))
    #expect(job.errorMessage?.contains("\(workshop.directory.path)/missing: No such file or directory") == true)
  }

  @Test(arguments: [nil, [".."]] as [[String]?])
  func `a root that is a file is refused`(allowed: [String]?) async throws {
    let file = try workshop.directory.write("not a directory", to: "file")

    let (job, executed) = try await submitAndStep(root: file, allowed: allowed)

    #expect(!executed)
    #expect((job.state, job.errorCode) == (.failed, "artifacts_root_refused"))
    #expect(job.errorMessage?.contains("it is not a directory") == true)
  }

  @Test(arguments: [["/nonexistent"], ["/usr"], ["elsewhere"], ["artifact"], []])
  func `a root outside the allowed ones is refused`(allowed: [String]) async throws {
    for name in ["elsewhere", "artifact"] { try makeDirectory("\(workshop.directory.path)/\(name)") }

    let (job, executed) = try await submitAndStep(root: workshop.root, allowed: allowed)

    #expect(!executed)
    #expect((job.state, job.errorCode) == (.failed, "artifacts_root_refused"))
    #expect(job.errorMessage?.contains("PREPAPER_ARTIFACTS_ROOTS") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: workshop.root) == [])
  }

  @Test func `a link that leads out of the allowed roots is refused`() async throws {
    let outside = "\(workshop.directory.path)/outside"
    try makeDirectory(outside)
    try FileManager.default.createSymbolicLink(atPath: "\(workshop.root)/in", withDestinationPath: outside)

    let (job, executed) = try await submitAndStep(root: "\(workshop.root)/in", allowed: ["."])

    #expect(!executed)
    #expect(job.errorCode == "artifacts_root_refused")
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == [])
  }

  @Test(arguments: ["prepaper", "prepaper/.staging"], [nil, [".."]] as [[String]?])
  func `a directory of ours that is a link is refused`(name: String, allowed: [String]?) async throws {
    let outside = "\(workshop.directory.path)/outside"
    try makeDirectory(outside)
    try makeDirectory(URL(fileURLWithPath: "\(workshop.root)/\(name)").deletingLastPathComponent().path)
    try FileManager.default.createSymbolicLink(atPath: "\(workshop.root)/\(name)", withDestinationPath: outside)

    let (job, executed) = try await submitAndStep(root: workshop.root, allowed: allowed)

    #expect(!executed)
    #expect((job.state, job.errorCode) == (.failed, "artifacts_root_refused"))
    #expect(job.errorMessage?.contains("is a link to \(outside)") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == [])
  }

  @Test func `without allowed roots, a root of another user is refused`() async throws {
    var foreign = "/usr"
    if geteuid() == 0 {
      foreign = "\(workshop.directory.path)/foreign"
      try makeDirectory(foreign)
      try #require(unsafe chown(foreign, 65_534, 65_534) == 0)
    }

    let (job, executed) = try await submitAndStep(root: foreign, allowed: nil)

    #expect(!executed)
    #expect((job.state, job.errorCode) == (.failed, "artifacts_root_refused"))
    #expect(job.errorMessage?.contains("the worker runs as \(geteuid())") == true)
  }

  /// Submits a run with a root, and lets a worker with these allowed roots, relative to the root, take a turn.
  private func submitAndStep(root: String, allowed: [String]?) async throws -> (job: Job, executed: Bool) {
    try workshop.submit(root: root)
    let executor = FakeExecutor()
    let roots = allowed?.map { path in
      switch path {
      case ".": workshop.root
      case "..": workshop.directory.path
      case let path where path.hasPrefix("/"): path
      default: "\(workshop.directory.path)/\(path)"
      }
    }

    let turn = try await workshop.worker(executor, allowedRoots: roots).step()

    #expect(turn == .worked)
    return (try workshop.job(), !executor.claims.isEmpty)
  }

  private func makeDirectory(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
}
