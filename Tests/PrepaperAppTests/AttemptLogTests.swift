import PrepaperTestSupport
import PrepaperWorker
import Testing

@testable import PrepaperApp

@Suite struct AttemptLogTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test func `a log is read in whole lines, each of them once`() throws {
    // Given
    var log = AttemptLog(path: try directory.write("one\ntw", to: "log"))
    // When
    let first = try log.read(isComplete: false)
    try directory.write("one\ntwo\nthr", to: "log")
    let second = try log.read(isComplete: false)
    let rest = try log.read(isComplete: true)
    // Then
    #expect(first == Array("one\n".utf8))
    #expect(second == Array("two\n".utf8))
    #expect(rest == Array("thr".utf8))
    #expect(try log.read(isComplete: true) == [])
  }

  @Test func `a log that is not there is no error yet, and a link is none at all`() throws {
    var missing = AttemptLog(path: "\(directory.path)/none")
    #expect(try missing.read(isComplete: false) == nil)
    var link = AttemptLog(path: "/proc/self/exe")
    let error = #expect(throws: AppError.self) { try link.read(isComplete: false) }
    #expect(error?.reason == .inputMissing)
  }

  @Test(arguments: ["../queue.db", "logs/", "logs/../x", "logs/.x", "logs/a/b", "/etc/passwd", ""])
  func `a name of a log that leads elsewhere is refused`(name: String) {
    let error = #expect(throws: AppError.self) { try QueueDirectory(queuePath: "/q/queue.db").log(name) }
    #expect(error?.reason == .data)
  }

  @Test func `a name of a log is a file beside the queue`() throws {
    #expect(try QueueDirectory(queuePath: "/q/queue.db").log("logs/run.1.log") == "/q/queue.db.d/logs/run.1.log")
  }
}
