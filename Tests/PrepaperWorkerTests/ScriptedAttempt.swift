import Foundation
import Glibc
import Logging
import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import Synchronization
import Testing

/// A claimed attempt that a script executes, in place of the program.
final class ScriptedAttempt: Sendable {
  let workshop: Workshop
  let directory: QueueDirectory
  let locks: LockFiles
  let claim: Claim
  private let seen = Mutex<[AttemptProgress]>([])

  /// An attempt of a run of these instruments.
  init(symbols: [Symbol] = []) throws {
    workshop = try Workshop()
    directory = QueueDirectory(queuePath: workshop.path)
    try directory.make()
    locks = makeLocks(directory)
    try workshop.submit(symbols: symbols)
    claim = try #require(
      try workshop.queue.claim(worker: "w.\(UUID().uuidString)", lease: Workshop.lease, now: instant(0)))
  }

  /// Executes a shell script as the attempt's process.
  func execute(script: String, lock: (any AttemptLock)? = nil, grace: Duration = .seconds(600)) async throws
    -> Execution
  {
    let file = try workshop.directory.write(script, to: "script")
    return await execute("/bin/bash", [file], lock: lock, grace: grace)
  }

  /// Executes a program as the attempt's process.
  func execute(
    _ program: String, _ arguments: [String] = [], lock: (any AttemptLock)? = nil, grace: Duration = .seconds(600),
    settings: ChildSettings = ChildSettings()
  ) async -> Execution {
    await ChildExecutor(
      program: program, arguments: arguments,
      launch: Current(
        ChildLaunch(
          environment: ["PATH": "/usr/bin:/bin", "HOME": workshop.directory.path], settings: settings, grace: grace)),
      directory: directory
    ).execute(claim, lock: lock) { [self] latest in seen.withLock { $0.append(latest) } }
  }

  /// Executes a script and stops it, as soon as it has written all these files.
  func stop(script: String, onceThereAre files: [String], grace: Duration = .seconds(600)) async throws -> Execution {
    try await withThrowingTaskGroup(of: Execution?.self) { group in
      group.addTask { [self] in try await execute(script: script, grace: grace) }
      for file in files { try await eventually("the script has written \(file)") { !read(file).isEmpty } }
      group.cancelAll()
      return try #require(try await group.next() ?? nil)
    }
  }

  /// What a script has written into a file of its home, without the newline at the end.
  func read(_ file: String) -> String {
    let bytes = FileManager.default.contents(atPath: "\(workshop.directory.path)/\(file)") ?? Data()
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  /// A process that a script has written down.
  func process(_ file: String) throws -> Int32 { try #require(Int32(read(file))) }

  /// What the script has said on its standard output and error.
  var log: String { read("queue.db.d/\(claim.log)") }

  /// What was heard of the attempt's progress.
  var progress: [AttemptProgress] { seen.withLock { $0 } }
}

/// Locks beside a queue, as another worker has them.
func makeLocks(_ directory: QueueDirectory, grace: Duration = .seconds(600)) -> LockFiles {
  LockFiles(
    directory, grace: grace, random: { UInt64.random(in: 0...UInt64.max) }, isOnNetwork: false,
    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
}

/// Whether a process is there and has not ended; one that nobody has reaped yet has.
func isAlive(_ processID: Int32) -> Bool {
  guard let bytes = FileManager.default.contents(atPath: "/proc/\(processID)/stat") else { return false }
  let text = String(decoding: bytes, as: UTF8.self)
  return text.lastIndex(of: ")").map { !text[$0...].hasPrefix(") Z") && !text[$0...].hasPrefix(") X") } ?? false
}

extension Execution {
  /// The code of the error that it came to.
  var errorCode: String? {
    guard case .failure(let error as RunError) = result else { return nil }
    return error.code.rawValue
  }

  /// Whether it was stopped.
  var isStopped: Bool {
    guard case .failure(let error) = result else { return false }
    return error is CancellationError
  }
}
