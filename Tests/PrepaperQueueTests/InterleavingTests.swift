import Foundation
import PrepaperQueue
import Testing

// Several workers and people, each with a connection of their own, do what they do in a random order, under a clock
// that also steps back; after each step the queue on disk must be the one of the model.
@Suite struct InterleavingTests {
  /// Set `PREPAPER_TEST_SEED` to go the same way again.
  static let firstSeed =
    ProcessInfo.processInfo.environment["PREPAPER_TEST_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0...1 << 32)

  @Test(.timeLimit(.minutes(20)))
  func `in any order of steps, the queue is the one of the model`() throws {
    print("interleaving: PREPAPER_TEST_SEED=\(Self.firstSeed)")
    var done: Set<String> = []
    for offset in 0..<80 {
      var walk = try RandomWalk(seed: Self.firstSeed &+ UInt64(offset))
      do {
        for _ in 0..<60 { try walk.step() }
        try walk.checkHistory()
      } catch let error where !(error is ExpectationFailedError) {
        Issue.record(error, walk.comment)
        return
      }
      done.formUnion(walk.done)
    }

    // A walk that never gets there proves nothing.
    #expect(done == RandomWalk.everything, "PREPAPER_TEST_SEED=\(Self.firstSeed)")
  }
}
