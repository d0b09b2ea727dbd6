import PrepaperTestSupport
import Testing

@Suite struct EventuallyTests {
  @Test func `goes on once the fact is so`() async throws {
    var looks = 0
    let look = {
      looks += 1
      return looks.isMultiple(of: 3)
    }

    try wait("it is so", within: .seconds(60), for: look)
    #expect(looks == 3)
    try await eventually("it is so again", within: .seconds(60), look)
    #expect(looks == 6)
  }

  @Test func `fails where the fact does not come, with its words and the place`() async throws {
    let line = #line + 1
    let failure = await #expect(throws: NeverCame.self) { try await eventually("it rains", within: .zero) { false } }
    let blocking = #expect(throws: NeverCame.self) { try wait("it snows", within: .milliseconds(1)) { false } }

    #expect(
      failure?.description == "not within 0.0 seconds: it rains (PrepaperDomainTests/EventuallyTests.swift:\(line))")
    #expect(blocking?.description.hasPrefix("not within 0.001 seconds: it snows (PrepaperDomainTests/") == true)
  }

  @Test func `throws what the look throws`() async {
    await #expect(throws: CancellationError.self) { try await eventually("it is so") { throw CancellationError() } }
    #expect(throws: CancellationError.self) { try wait("it is so", within: .zero) { throw CancellationError() } }
  }

  /// Waits without letting go of the thread.
  private func wait(_ fact: String, within limit: Duration, for isSo: () throws -> Bool) throws {
    try eventually(fact, within: limit, isSo)
  }
}
