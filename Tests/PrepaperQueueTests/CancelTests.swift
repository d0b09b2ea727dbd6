import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

@Suite struct CancelTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test(arguments: [Ended.queued, .scheduled])
  func `a job that waits is cancelled at once, and never claimed`(ended: Ended) throws {
    try ended.make("run", in: queue)
    let attempt = try queue.job().attempt

    let jobs = try queue.one.cancel([runID("run")], now: instant(5))

    let job = try queue.job()
    #expect(jobs == [job])
    #expect((job.state, job.finishedAt, job.attempt) == (.cancelled, instant(5), attempt))
    #expect(job.runAt == nil && job.errorCode == nil && job.cancelRequestedAt == nil)
    #expect(try queue.history().last == "cancelled")
    #expect(try queue.claim("w1", at: 5000) == nil)
    #expect(try queue.breach() == nil)
  }

  @Test func `a job that runs is marked, and whoever runs it is told`() throws {
    let claim = try queue.submitClaimed()
    #expect(try queue.one.renew(claim, lease: .seconds(30), now: instant(1)) == false)
    #expect(try queue.one.isToStop(claim) == false)

    let jobs = try queue.two.cancel([runID("run")], now: instant(5))

    #expect(jobs.map(\.state) == [.running])
    #expect(jobs.map(\.cancelRequestedAt) == [instant(5)])
    #expect(try queue.one.renew(claim, lease: .seconds(30), now: instant(6)))
    #expect(try queue.one.isToStop(claim))
    #expect(try queue.history() == ["submitted", "claimed", "cancel_requested"])
    #expect(try queue.breach() == nil)
  }

  @Test func `an attempt that is not the current one is to stop`() throws {
    let claim = try queue.submitClaimed()
    _ = try queue.claim("w1", at: 31)

    #expect(try queue.one.isToStop(claim))
  }

  @Test func `a job that is cancelled twice is cancelled once`() throws {
    let claim = try queue.submitClaimed()
    _ = try queue.one.cancel([runID("run"), runID("run")], now: instant(5))
    let content = try queue.content()

    let jobs = try queue.one.cancel([runID("run")], now: instant(6))
    #expect(jobs.map(\.cancelRequestedAt) == [instant(5)])
    #expect(try queue.content() == content)

    try queue.one.finish(claim, .cancelled, now: instant(7))
    let ended = try queue.content()
    #expect(try queue.one.cancel([runID("run")], now: instant(8)).map(\.finishedAt) == [instant(7)])
    #expect(try queue.content() == ended)
  }

  @Test(arguments: [(Ended.succeeded, "succeeded"), (.noSignals, "succeeded"), (.failed, "failed")])
  func `a job that has ended cannot be cancelled, and none beside it`(ended: Ended, state: String) throws {
    try ended.make("run", in: queue)
    try queue.submit("other")
    let content = try queue.content()

    let error = #expect(throws: JobStoreError.self) {
      try queue.one.cancel([runID("other"), runID("run")], now: instant(5))
    }

    #expect(error?.code == .notCancellable)
    #expect(error?.message == "run run has \(state) already; nothing was cancelled")
    #expect(try queue.content() == content)
  }

  @Test func `where one of several is missing, none is cancelled`() throws {
    try queue.submit("run")
    let content = try queue.content()

    let error = #expect(throws: JobStoreError.self) {
      try queue.one.cancel([runID("run"), runID("nobody")], now: instant(5))
    }

    #expect(error?.code == .noSuchRun)
    #expect(try queue.content() == content)
  }

  @Test(arguments: CancelledEnd.allCases)
  func `what an attempt comes to after the cancel was asked for`(end: CancelledEnd) throws {
    let claim = try queue.submitClaimed(maxTries: end.maxTries)
    _ = try queue.one.cancel([runID("run")], now: instant(5))

    let state = try end.run(claim, on: queue.two)

    let job = try queue.job()
    #expect(state == end.state)
    #expect((job.state, job.cancelRequestedAt, job.finishedAt) == (end.state, nil, instant(9)))
    #expect(job.errorCode == end.errorCode)
    #expect(job.worker == nil && job.leaseUntil == nil && job.runAt == nil)
    #expect(try queue.attempts().map(\.outcome) == [end.outcome])
    #expect(try queue.history() == ["submitted", "claimed", "cancel_requested"] + end.history)
    #expect(try queue.claim("w1", at: 5000) == nil)
    #expect(try queue.breach() == nil)
  }

  @Test func `a cancelled job that is retried is not cancelled any more`() throws {
    let claim = try queue.submitClaimed()
    _ = try queue.one.cancel([runID("run")], now: instant(5))
    try queue.one.finish(claim, .cancelled, now: instant(6))

    _ = try queue.one.retry([runID("run")], force: false, now: instant(7))
    let second = try #require(try queue.claim("w1", at: 8))

    #expect(try queue.one.isToStop(second) == false)
    #expect(try queue.one.isToStop(claim))
    #expect(try queue.one.renew(second, lease: .seconds(30), now: instant(9)) == false)
    #expect(try queue.breach() == nil)
  }
}

/// How an attempt ends that was asked to stop.
enum CancelledEnd: CaseIterable {
  case stopped, mayPass, mayPassOnLastTry, willNotPass, succeeded, released, died, silent, diedOnLastTry

  var maxTries: Int { self == .mayPassOnLastTry || self == .diedOnLastTry ? 1 : 3 }

  var state: JobState {
    switch self {
    case .stopped, .mayPass, .released, .died, .silent, .diedOnLastTry: .cancelled
    case .mayPassOnLastTry, .willNotPass: .failed
    case .succeeded: .succeeded
    }
  }

  var outcome: String {
    switch self {
    case .stopped: "cancelled"
    case .mayPass, .mayPassOnLastTry, .willNotPass: "failed"
    case .succeeded: "succeeded"
    case .released: "released"
    case .died, .silent, .diedOnLastTry: "lost"
    }
  }

  var errorCode: String? {
    switch self {
    case .mayPass, .mayPassOnLastTry: "store_busy"
    case .willNotPass: "manifest_invalid"
    case .stopped, .succeeded, .released, .died, .silent, .diedOnLastTry: nil
    }
  }

  var history: [String] { (outcome == "lost" ? ["lost"] : []) + [state.rawValue] }

  func run(_ claim: Claim, on store: JobStore) throws -> JobState? {
    switch self {
    case .stopped: try store.finish(claim, .cancelled, now: instant(9))
    case .mayPass, .mayPassOnLastTry: try store.finish(claim, transient(), now: instant(9))
    case .willNotPass: try store.finish(claim, permanent, now: instant(9))
    case .succeeded: try store.finish(claim, published(), now: instant(9))
    case .released: try store.finish(claim, .released, now: instant(9))
    case .died, .diedOnLastTry: try store.takeBack(try #require(try store.running().first), .died, now: instant(9))
    case .silent: try store.takeBack(try #require(try store.running().first), .silent, now: instant(9))
    }
  }
}
