internal import Foundation

/// Waits until a fact is so, looking again and again.
///
/// No test sleeps but here. This one keeps its thread: tests that block theirs while programs run leave none to come
/// back to.
/// - Throws: `NeverCame` where it is not so within the limit, and what `isSo` throws.
package func eventually(
  _ fact: @autoclosure () -> String, within limit: Duration = .seconds(120), fileID: String = #fileID,
  line: Int = #line, _ isSo: () throws -> Bool
) throws {
  let end = ContinuousClock.now + limit
  while try !isSo() {
    guard ContinuousClock.now < end else {
      throw NeverCame(fact: fact(), limit: limit, place: "\(fileID):\(line)")
    }
    Thread.sleep(forTimeInterval: 0.01)
  }
}

/// The same, for tests that wait for tasks: it lets go of its thread.
///
/// Its limit is one of looks, a hundred in a second: where other tests keep all threads, a task may not come back for
/// minutes, and the fact would have had no chance.
/// - Throws: `CancellationError` too, where the task is cancelled meanwhile.
package func eventually(
  _ fact: @autoclosure () -> String, within limit: Duration = .seconds(120), fileID: String = #fileID,
  line: Int = #line, _ isSo: () throws -> Bool
) async throws {
  var looks = limit / .milliseconds(10)
  while try !isSo() {
    guard looks >= 1 else { throw NeverCame(fact: fact(), limit: limit, place: "\(fileID):\(line)") }
    looks -= 1
    try await Task.sleep(for: .milliseconds(10))
  }
}

/// The fact that a test waited for did not come; which, for how long, and where the test waits.
package struct NeverCame: Error, Equatable, CustomStringConvertible {
  let fact: String
  let limit: Duration
  let place: String

  /// `not within 120.0 seconds: the run succeeds (EndToEndTests/StopTests.swift:71)`.
  package var description: String { "not within \(limit): \(fact) (\(place))" }
}
