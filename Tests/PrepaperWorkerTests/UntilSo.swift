import Testing

/// Waits until something is so, and fails the test where it never comes.
func untilSo(
  _ what: Comment, within limit: Duration = .seconds(120), sourceLocation: SourceLocation = #_sourceLocation,
  _ isSo: () throws -> Bool
) async throws {
  let end = ContinuousClock.now + limit
  while try !isSo() {
    guard ContinuousClock.now < end else {
      Issue.record(what, sourceLocation: sourceLocation)
      throw NeverCame()
    }
    try await Task.sleep(for: .milliseconds(10))
  }
}

/// The fact that a test waited for did not come.
struct NeverCame: Error {}
