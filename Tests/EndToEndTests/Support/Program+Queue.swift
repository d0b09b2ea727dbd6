import Foundation
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
