import PrepaperWorker
import Testing

@Suite struct BackoffTests {
  @Test(arguments: [(1, 5), (2, 10), (3, 20), (4, 40), (7, 320), (8, 600), (9, 600), (1000, 600), (Int.max, 600)])
  func `each failure doubles the wait, up to the longest`(tries: Int, seconds: Int) {
    let backoff = Backoff(first: .seconds(5), longest: .seconds(600), jitter: { 1 })

    #expect(backoff.delay(afterTries: tries) == .seconds(seconds))
  }

  @Test(arguments: [(0.0, 10_000), (0.5, 15_000), (1.0, 20_000)])
  func `the wait is between half and the whole`(jitter: Double, milliseconds: Int) {
    let backoff = Backoff(first: .seconds(5), longest: .seconds(600), jitter: { jitter })

    #expect(backoff.delay(afterTries: 3) == .milliseconds(milliseconds))
  }

  @Test(arguments: [0, -1])
  func `before the first failure the wait is the first`(tries: Int) {
    #expect(Backoff(first: .seconds(5), jitter: { 1 }).delay(afterTries: tries) == .seconds(5))
  }

  @Test(arguments: [1, 2, 30])
  func `no first wait means no wait`(tries: Int) {
    #expect(Backoff(first: .zero, jitter: { 1 }).delay(afterTries: tries) == .zero)
  }

  @Test func `ten minutes are the longest wait where nothing else is said`() {
    #expect(Backoff(first: .seconds(1), jitter: { 1 }).delay(afterTries: 50) == .seconds(600))
  }
}
