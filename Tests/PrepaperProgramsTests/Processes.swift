import Foundation
import Testing

/// Whether a process is there and has not ended.
func isRunning(_ processID: Int32) -> Bool {
  guard let status = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8),
    let end = status.lastIndex(of: ")")
  else { return false }
  return !["Z", "X"].contains(status[status.index(end, offsetBy: 2)])
}

/// Waits for a fact that another process is about to make true.
func eventually(
  _ fact: String, sourceLocation: SourceLocation = #_sourceLocation, _ isSo: () throws -> Bool
) async throws {
  let limit = SuspendingClock.now + .seconds(60)
  while try !isSo() {
    guard SuspendingClock.now < limit else {
      Issue.record("not within 60 s: \(fact)", sourceLocation: sourceLocation)
      return
    }
    try await Task.sleep(for: .milliseconds(5))
  }
}
