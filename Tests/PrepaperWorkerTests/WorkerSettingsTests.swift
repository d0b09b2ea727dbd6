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
