import Foundation
import PrepaperTestSupport
import Testing

/// Another process that keeps the queue locked for writing.
final class QueueHolder: Sendable {
  private let program: Program
  private let process: RunningProgram

  /// Waits until the lock is held.
  init(_ program: Program) throws {
    self.program = program
    process = try RunningProgram(
      path: "/usr/bin/bash",
      arguments: [
        "-c",
        """
        rm -f hold held let-go; mkfifo hold
        sqlite3 -cmd '.timeout 60000' state/prepaper/queue.db <hold & exec 9>hold
        printf '%s\\n' 'BEGIN IMMEDIATE;' '.shell touch held' >&9
        until [ -e let-go ]; do sleep 0.05; done
        echo 'ROLLBACK;' >&9; exec 9>&-; wait
        """,
      ], environment: program.environment, directory: program.directory.path)
    try eventually("the queue is locked") {
      FileManager.default.fileExists(atPath: "\(program.directory.path)/held")
    }
  }

  /// Lets go of it.
  func letGo() throws {
    try program.directory.write("", to: "let-go")
    #expect(try process.wait().status == 0)
  }
}
