import Testing

/// Waits until something is so, and fails the test where it never comes.
func eventually(
  _ what: Comment, within limit: Duration = .seconds(60), sourceLocation: SourceLocation = #_sourceLocation,
  _ isSo: () throws -> Bool
) async throws {
  let end = ContinuousClock.now + limit
  while ContinuousClock.now < end {
    if try isSo() { return }
    try await Task.sleep(for: .milliseconds(20))
  }
  Issue.record(what, sourceLocation: sourceLocation)
  throw NeverCame()
}

/// The fact that a test waited for did not come.
struct NeverCame: Error {}
