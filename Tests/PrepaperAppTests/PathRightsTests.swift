import Glibc
import PrepaperTestSupport
import Testing

@testable import PrepaperApp

@Suite struct PathRightsTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test func `what is not there, or may be looked at, is not closed`() throws {
    let file = try directory.write("", to: "open/file")
    #expect(PathRights(file).closed == nil)
    #expect(PathRights("\(directory.path)/none/file").closed == nil)
    #expect(PathRights("\(directory.path)/none/file").unwritable == nil)
  }

  @Test(
    arguments: [
      (0o700, "is for its owner '"), (0o710, "is for members of the group '"),
    ] as [(mode_t, String)])
  func `a closed directory is named with who may look into it`(mode: mode_t, words: String) async throws {
    // Given
    let file = try directory.write("", to: "closed/file")
    let closed = "\(directory.path)/closed"
    // An ordinary user owns it: only the owner's own rights can be taken away then.
    let rights = geteuid() == 0 ? mode : mode & 0o077
    try #require(unsafe chmod(directory.path, 0o755) == 0 && chmod(closed, rights) == 0)
    defer { unsafe chmod(closed, 0o700) }
    // When, Then
    await #expect(processExitsWith: .success) {
      [file = file as String, closed = closed as String, words = words as String] in
      becomeNobody()
      let failure = try #require(PathRights(file).closed)
      #expect(failure.reason == .cannotWrite)
      #expect(failure.message.hasPrefix("cannot get at \(file): \(closed) \(words)"), "\(failure.message)")
    }
  }

  @Test func `a file that may not be written is named with whose it is`() async throws {
    // Given
    let file = try directory.write("", to: "queue.db")
    try #require(unsafe chmod(directory.path, 0o777) == 0 && chmod(file, 0o444) == 0)
    // When, Then
    await #expect(processExitsWith: .success) { [file = file as String] in
      becomeNobody()
      let failure = try #require(PathRights(file).unwritable)
      #expect(failure.reason == .cannotWrite)
      #expect(failure.message.hasPrefix("cannot write \(file): it belongs to "), "\(failure.message)")
      #expect(failure.message.contains(" with mode 444, and this is '"), "\(failure.message)")
    }
  }
}

/// Root may do everything: only another user sees rights at all.
private func becomeNobody() {
  guard geteuid() == 0 else { return }
  _ = setgroups(0, nil)
  _ = setgid(65_534)
  _ = setuid(65_534)
}
