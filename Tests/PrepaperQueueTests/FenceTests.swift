import GRDB
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import Testing

// Every write of an attempt names its claim. Once the claim is not the current one, none of them changes a byte.
@Suite struct FenceTests {
  @Test(arguments: StaleClaim.allCases, FencedWrite.allCases)
  func `an attempt that is not the current one writes nothing`(stale: StaleClaim, write: FencedWrite) throws {
    let queue = try QueueFile()
    let claim = try stale.make(in: queue)
    let content = try queue.content()

    let error = #expect(throws: JobStoreError.self) { try write.run(claim, on: queue.two) }

    #expect(error == .leaseLost(claim))
    #expect(error?.code == .leaseLost)
    #expect(try queue.content() == content)
  }

  @Test(arguments: FencedWrite.allCases)
  func `the current attempt writes, from any connection`(write: FencedWrite) throws {
    let queue = try QueueFile()
    let claim = try queue.submitClaimed()
    let content = try queue.content()

    try write.run(claim, on: queue.two)

    #expect(try queue.content() != content)
  }

  @Test func `a newer attempt is not touched by what an older one tries`() throws {
    let queue = try QueueFile()
    let old = try queue.submitClaimed()
    let new = try #require(try queue.two.claimNext(worker: "w2", lease: .seconds(30), now: instant(31)))

    for write in FencedWrite.allCases {
      #expect(throws: JobStoreError.leaseLost(old)) { try write.run(old, on: queue.one) }
    }
    try queue.two.finish(new, published(.noSignals), now: instant(40))

    #expect(try queue.job().result == .noSignals)
    #expect(try queue.attempts().map(\.outcome) == ["lost", "succeeded"])
  }
}

/// A claim that was good once, and how it ceased to be.
enum StaleClaim: CaseIterable {
  case claimedAnew, claimedAnewBySameWorker, ofAnotherWorker, ofAnotherJob
  case finished, failed, scheduled, failedAsLost, retriedAfterwards, cancelled, released
  case releasedAndClaimedAnew, prunedAndSubmittedAnew

  func make(in queue: QueueFile) throws -> Claim {
    let claim = try queue.submitClaimed(maxTries: self == .failedAsLost ? 1 : 3)
    switch self {
    case .claimedAnew:
      _ = try queue.claim("w2", at: 31)
    case .claimedAnewBySameWorker:
      _ = try queue.claim("w1", at: 31)
    case .ofAnotherWorker:
      // Same job, same attempt, another name: only another queue gives such a claim.
      let other = try QueueFile()
      try other.submit("run")
      return try #require(try other.claim("w2"))
    case .ofAnotherJob:
      let other = try QueueFile()
      try other.submit("first")
      _ = try other.claim("w1")
      return try other.submitClaimed("second")
    case .finished:
      try queue.one.finish(claim, published(), now: instant(1))
    case .failed:
      try queue.one.finish(claim, permanent, now: instant(1))
    case .scheduled:
      try queue.one.finish(claim, transient(), now: instant(1))
    case .failedAsLost:
      _ = try queue.claim("w2", at: 31)
    case .retriedAfterwards:
      try queue.one.finish(claim, permanent, now: instant(1))
      _ = try queue.one.retry([runID("run")], force: false, now: instant(2))
    case .cancelled:
      try queue.one.finish(claim, .cancelled, now: instant(1))
    case .released:
      try queue.one.finish(claim, .released, now: instant(1))
    case .releasedAndClaimedAnew:
      try queue.one.finish(claim, .released, now: instant(1))
      _ = try queue.claim("w1", at: 2)
    case .prunedAndSubmittedAnew:
      try queue.one.finish(claim, permanent, now: instant(1))
      _ = try queue.one.prune(endedBefore: instant(2)) { _ in }
      _ = try queue.submitClaimed()
    }
    return claim
  }
}

/// What an attempt may write.
enum FencedWrite: CaseIterable {
  case renew, renewWithProgress, succeed, failTransiently, failForGood, cancel, release

  func run(_ claim: Claim, on store: JobStore) throws {
    let files = [ArtifactFile(path: "plan.json", bytes: 2, sha256: String(repeating: "0", count: 64))]
    switch self {
    case .renew: try store.renew(claim, lease: .seconds(90), now: instant(35))
    case .renewWithProgress:
      try store.renew(claim, lease: .seconds(90), progress: AttemptProgress(processID: 1), now: instant(35))
    case .succeed: try store.finish(claim, published(files: files), now: instant(35))
    case .failTransiently: try store.finish(claim, transient(), now: instant(35))
    case .failForGood: try store.finish(claim, permanent, now: instant(35))
    case .cancel: try store.finish(claim, .cancelled, now: instant(35))
    case .release: try store.finish(claim, .released, now: instant(35))
    }
  }
}
