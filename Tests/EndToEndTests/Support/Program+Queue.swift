import Foundation
import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

extension Program {
  /// Submits a run of the backtest `B`.
  func submit(_ run: String, _ options: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    let result = try start(["submit", "--backtest-run-id", "B", "--run-id", run] + options).wait()
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
  }

  /// The state of a run.
  func state(_ run: String) throws -> String {
    try query(queuePath, "SELECT state FROM jobs WHERE run_id = '\(run)'")
  }

  /// Waits until a run is in a state.
  func eventually(_ run: String, is state: String, fileID: String = #fileID, line: Int = #line) throws {
    try PrepaperTestSupport.eventually("\(run) is \(state)", fileID: fileID, line: line) {
      try self.state(run) == state
    }
  }

  /// How many commands wait for the queue and can hear a bell.
  var waiters: Int {
    get throws {
      let bells = "\(queuePath).d/bells"
      guard FileManager.default.fileExists(atPath: bells) else { return 0 }
      return try FileManager.default.contentsOfDirectory(atPath: bells).count { $0.hasPrefix("waiter.") }
    }
  }
}

extension ProgramResult {
  /// The first of the jobs in the answer.
  var firstJob: JSONValue {
    get throws {
      guard case .array(let jobs)? = try json["jobs"] else { return try json["job"] ?? .null }
      return jobs.first ?? .null
    }
  }
}

extension Program {
  /// Where the runs of a program with a pipe write their signals.
  static let signals = ["SIGNALS_DB_PATH": "signals.db"]

  /// A program whose bars come through a pipe, so that a run waits for them as long as the test wants.
  static func withPipe() throws -> Program {
    let program = try Program(["MARKETDATA_PROVIDER": "real", "BARS_SOURCE": "csv:bars"])
    try program.write(backtest: "B")
    try program.directory.write("", to: "signals.db")
    // The bars that the fake provider makes are as good as any.
    let made = try program.run(
      "run", "--backtest-run-id", "B", "--run-id", "BARS", environment: ["MARKETDATA_PROVIDER": "fake"])
    #expect(made.status == 0, "\(made.errors)")
    try FileManager.default.createDirectory(
      atPath: "\(program.directory.path)/bars", withIntermediateDirectories: true)
    #expect(unsafe mkfifo("\(program.directory.path)/bars/HOOD.M1.csv", 0o600) == 0)
    return program
  }

  /// Lets the runs that wait at the pipe have their bars.
  func feedPipe() throws {
    let copy = "cat artifacts/prepaper/BARS/bars/HOOD.M1.csv >bars/HOOD.M1.csv"
    #expect(try tool("/usr/bin/bash", "-c", copy).status == 0)
  }

  /// Puts the bars in the pipe's place, for runs that begin from now on.
  func replacePipe() throws {
    try FileManager.default.removeItem(atPath: "\(directory.path)/bars/HOOD.M1.csv")
    try directory.write(directory.read("artifacts/prepaper/BARS/bars/HOOD.M1.csv"), to: "bars/HOOD.M1.csv")
  }
}

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
