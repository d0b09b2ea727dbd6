import Foundation
import Testing

/// Waits until something is so, and fails the test where it never comes.
///
/// It keeps its thread: other tests block theirs while programs run, and a test that let go of its own would come back
/// to it too late.
func eventually(
  _ what: Comment, within limit: Duration = .seconds(120), sourceLocation: SourceLocation = #_sourceLocation,
  _ isSo: () throws -> Bool
) throws {
  let end = ContinuousClock.now + limit
  repeat {
    if try isSo() { return }
    Thread.sleep(forTimeInterval: 0.02)
  } while ContinuousClock.now < end
  Issue.record(what, sourceLocation: sourceLocation)
  throw NeverCame()
}

/// The fact that a test waited for did not come.
struct NeverCame: Error {}
