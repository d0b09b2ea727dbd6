import Foundation
import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
import Testing

@testable import PrepaperApp

@Suite struct QueueFileTests {
  private let home: TemporaryDirectory
  private let runID: RunID

  init() throws {
    home = try TemporaryDirectory()
    runID = try #require(RunID("run"))
  }

  @Test func `asking makes no queue`() async throws {
    let file = try await file()
    #expect(try file.openExisting() == nil)
    let error = #expect(throws: AppError.self) { try file.open(holding: [runID]) }
    #expect(error?.reason == .noSuchRun)
    #expect(error?.message == "no run run: there is no queue \(file.path)")
    #expect(!FileManager.default.fileExists(atPath: file.path))
  }

  @Test func `opening makes the queue, and the directory for what stays`() async throws {
    let file = try await file()
    #expect(try file.open().path == file.path)
    #expect(file.path == "\(home.path)/.local/state/prepaper/queue.db")
    #expect(try file.openExisting() != nil)
  }

  @Test func `another directory that is not there is a mistake in the name`() async throws {
    let file = try await file("\(home.path)/none/queue.db")
    #expect(throws: (any Error).self) { try file.open() }
    #expect(!FileManager.default.fileExists(atPath: "\(home.path)/none"))
  }

  private func file(_ flag: String? = nil) async throws -> QueueFile {
    QueueFile(flag: flag, try await Settings(environment: ["HOME": home.path]))
  }
}
