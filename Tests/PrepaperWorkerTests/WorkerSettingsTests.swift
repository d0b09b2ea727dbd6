import PrepaperWorker
import Testing

@Suite struct WorkerSettingsTests {
  // The unit's watchdog counts on it: a long lease must not make a live worker look dead.
  @Test(arguments: [(1, 167), (6, 1000), (30, 5000), (60, 5000), (3600, 5000)])
  func `a sign of life comes six times in a lease, and every five seconds at least`(lease: Int, milliseconds: Int) {
    let settings = WorkerSettings(
      name: "w1", host: "here", processID: 7, lease: .seconds(lease),
      backoff: Backoff(first: .zero, jitter: { 1 }), allowedRoots: nil, drains: false)

    #expect(abs(settings.heartbeat / .milliseconds(1) - Double(milliseconds)) < 1)
  }

  @Test(arguments: [(1, 500), (4, 2000), (10, 5000), (60, 5000)])
  func `a sign of life comes twice before the watchdog bites`(watchdog: Int, milliseconds: Int) {
    let settings = WorkerSettings(
      name: "w1", host: "here", processID: 7, lease: .seconds(30),
      backoff: Backoff(first: .zero, jitter: { 1 }), allowedRoots: nil, drains: false, watchdog: .seconds(watchdog))

    #expect(abs(settings.heartbeat / .milliseconds(1) - Double(milliseconds)) < 1)
  }
}

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
