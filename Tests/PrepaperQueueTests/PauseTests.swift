import PrepaperDomain
import PrepaperQueue
import Testing

@Suite struct PauseTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `a paused queue gives nothing, until it is resumed`() throws {
    try queue.submit("run", priority: 9)

    #expect(try queue.one.pause(now: instant(5)) == instant(5))

    #expect(try queue.two.overview().pausedSince == instant(5))
    #expect(try queue.two.claim(worker: "w1", lease: .seconds(30), now: instant(6)) == nil)
    #expect(try queue.job().state == .queued)
    #expect(try queue.two.resume())
    #expect(try queue.one.overview().pausedSince == nil)
    #expect(try queue.claimName(at: 7) == "run")
  }

  @Test func `a queue that is paused twice is paused since the first time`() throws {
    try queue.one.pause(now: instant(5))

    #expect(try queue.two.pause(now: instant(9)) == instant(5))
    #expect(try queue.two.resume())
    #expect(try !queue.one.resume())
    #expect(try queue.one.pause(now: instant(11)) == instant(11))
  }

  @Test func `what runs goes on and ends while the queue is paused`() throws {
    let claim = try queue.submitClaimed()
    try queue.submit("dependent", JobOptions(after: runID("run")))
    try queue.one.pause(now: instant(1))

    try queue.one.renew(claim, lease: .seconds(30), now: instant(2))
    #expect(try queue.one.finish(claim, published(), now: instant(3)) == .succeeded)

    #expect(try queue.job("dependent").state == .queued)
    #expect(try queue.claimName(at: 4) == nil)
    #expect(try queue.breach() == nil)
  }

  @Test func `a paused queue takes jobs, takes back what is lost, retries and cancels`() throws {
    _ = try queue.submitClaimed()
    try queue.one.pause(now: instant(1))

    try queue.submit("new")
    #expect(try queue.one.takeBack(try #require(try queue.one.running().first), .died, now: instant(2)) == .queued)
    _ = try queue.one.cancel([runID("run"), runID("new")], now: instant(3))
    _ = try queue.one.retry([runID("new")], force: false, now: instant(4))

    #expect((try queue.job().state, try queue.job("new").state) == (.cancelled, .queued))
    #expect(try queue.claimName(at: 5) == nil)
    #expect(try queue.breach() == nil)
  }

  @Test func `jobs become due while the queue is paused`() throws {
    try queue.submit("run", JobOptions(notBefore: instant(10)))
    try queue.one.pause(now: instant(1))

    #expect(try queue.claimName(at: 20) == nil)

    #expect(try queue.job().state == .queued)
    #expect(try queue.two.overview().oldestQueuedSince == instant(10))
    #expect(try queue.history() == ["submitted", "due"])
    #expect(try queue.breach() == nil)
  }
}
