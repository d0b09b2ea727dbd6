import PrepaperQueue
import PrepaperWorker
import Testing

@Suite struct LeaseWatchTests {
  /// An attempt whose lease is over after 30 seconds.
  private let attempt: RunningAttempt
  private let claim: Claim
  private let workshop: Workshop
  private var watch = LeaseWatch(heartbeat: .seconds(5))

  init() throws {
    workshop = try Workshop()
    try workshop.submit()
    claim = try #require(try workshop.queue.claim(worker: "w1", lease: .seconds(30), now: instant(0)))
    attempt = try #require(try workshop.queue.running().first)
  }

  /// The attempt, renewed so that its lease is over at that second.
  private func renewed(until second: Int64) throws -> RunningAttempt {
    try workshop.queue.renew(claim, lease: .seconds(30), now: instant(second - 30))
    return try #require(try workshop.queue.running().first)
  }

  @Test mutating func `a lease that holds is waited for to its end`() {
    #expect(watch.patience(with: attempt, now: instant(0), elapsed: .zero) == .seconds(30))
    #expect(watch.patience(with: attempt, now: instant(29), elapsed: .seconds(29)) == .seconds(1))
  }

  @Test mutating func `a lease that is over must stay so for two heartbeats`() {
    #expect(watch.patience(with: attempt, now: instant(30), elapsed: .seconds(30)) == .seconds(10))
    #expect(watch.patience(with: attempt, now: instant(34), elapsed: .seconds(34)) == .seconds(6))
    #expect(watch.patience(with: attempt, now: instant(40), elapsed: .seconds(40)) == .zero)
    #expect(watch.patience(with: attempt, now: instant(90), elapsed: .seconds(90)) == .zero)
  }

  @Test mutating func `one that is renewed meanwhile begins anew`() throws {
    _ = watch.patience(with: attempt, now: instant(35), elapsed: .seconds(35))

    let late = try renewed(until: 36)

    #expect(watch.patience(with: late, now: instant(45), elapsed: .seconds(45)) == .seconds(10))
    #expect(watch.patience(with: late, now: instant(55), elapsed: .seconds(55)) == .zero)
  }

  @Test mutating func `a clock that is put forward an hour ends no lease of one that is renewed`() throws {
    #expect(watch.patience(with: attempt, now: instant(3605), elapsed: .seconds(5)) == .seconds(10))

    let next = try renewed(until: 3640)

    #expect(watch.patience(with: next, now: instant(3610), elapsed: .seconds(10)) == .seconds(30))
  }

  @Test mutating func `a clock that is put back makes it wait longer`() {
    #expect(watch.patience(with: attempt, now: instant(31), elapsed: .seconds(31)) == .seconds(10))
    #expect(watch.patience(with: attempt, now: instant(-3600), elapsed: .seconds(35)) == .seconds(3630))
    #expect(watch.patience(with: attempt, now: instant(30), elapsed: .seconds(3700)) == .seconds(10))
  }

  @Test mutating func `an attempt that runs no more is forgotten`() {
    _ = watch.patience(with: attempt, now: instant(30), elapsed: .seconds(30))

    watch.keep([])

    #expect(watch.patience(with: attempt, now: instant(60), elapsed: .seconds(60)) == .seconds(10))
  }

  @Test mutating func `an attempt that runs still is not`() {
    _ = watch.patience(with: attempt, now: instant(30), elapsed: .seconds(30))

    watch.keep([attempt])

    #expect(watch.patience(with: attempt, now: instant(60), elapsed: .seconds(60)) == .zero)
  }
}
