import GRDB
import PrepaperDomain
import PrepaperQueue
import Testing

@Suite struct KeyTests {
  let queue: QueueFile

  init() throws {
    queue = try QueueFile()
  }

  @Test func `two jobs of a key never run at once`() throws {
    try submit("a", "b", "c")

    var order: [String?] = []
    for second in 0..<3 as Range<Int64> {
      let claim = try #require(try queue.claim("w1", at: second))
      order.append(claim.request.runID.description)
      #expect(try queue.two.claim(worker: "w2", lease: .seconds(30), now: instant(second)) == nil)
      #expect(try queue.breach() == nil)
      try queue.one.finish(claim, published(), now: instant(second))
    }

    #expect(order == ["a", "b", "c"])
    #expect(try queue.breach() == nil)
  }

  @Test func `of a key, the highest priority goes first, then the oldest`() throws {
    try queue.submit("a", JobOptions(priority: 1, concurrencyKey: "key"))
    try queue.submit("b", JobOptions(priority: 5, concurrencyKey: "key"))
    try queue.submit("c", JobOptions(priority: 5, concurrencyKey: "key"))
    try queue.submit("d", JobOptions(priority: 9, concurrencyKey: "key"))

    var order: [String] = []
    while let claim = try queue.claim("w1") {
      order.append(claim.request.runID.description)
      try queue.one.finish(claim, published(), now: instant(1))
      if order.count == 1 { try queue.submit("e", JobOptions(priority: 7, concurrencyKey: "key")) }
    }

    #expect(order == ["d", "e", "b", "c", "a"])
    #expect(try queue.breach() == nil)
  }

  @Test func `another key and jobs without one are not held up`() throws {
    try submit("a", "b")
    try queue.submit("other", JobOptions(priority: -1, concurrencyKey: "other"))
    try queue.submit("free", priority: -2)
    try queue.submit("empty", JobOptions(priority: -3, concurrencyKey: ""))

    #expect(try (1...5).map { _ in try queue.claimName() } == ["a", "other", "free", "empty", nil])
    #expect(try queue.breach() == nil)
  }

  @Test(arguments: KeyEnd.allCases)
  func `the next of a key goes once the one before has let go`(end: KeyEnd) throws {
    try submit("a", "b")
    let claim = try #require(try queue.claim("w1"))
    #expect(try queue.claim("w2") == nil)

    try end.run(claim, on: queue.two)

    #expect(try queue.breach() == nil)
    #expect(try queue.claimName("w2", at: 31) == end.next)
    #expect(try queue.claimName("w3", at: 31) == nil)
    #expect(try queue.breach() == nil)
  }

  @Test func `a waiting job that is cancelled lets the next of its key go`() throws {
    try submit("a", "b", "c")

    _ = try queue.one.cancel([runID("a"), runID("c")], now: instant(1))

    #expect(try queue.breach() == nil)
    #expect(try queue.claimName(at: 2) == "b")
  }

  @Test func `jobs of a key that become due at once go one by one`() throws {
    for name in ["a", "b"] { try queue.submit(name, JobOptions(notBefore: instant(10), concurrencyKey: "key")) }
    try queue.submit("now", JobOptions(priority: -1, concurrencyKey: "key"))
    let claim = try #require(try queue.claim("w1", at: 5))
    #expect(claim.request.runID == (try runID("now")))

    #expect(try queue.claimName("w2", at: 20) == nil)
    #expect(try queue.breach() == nil)
    try queue.one.finish(claim, published(), now: instant(21))

    #expect(try queue.claimName("w2", at: 21) == "a")
    #expect(try queue.claimName("w3", at: 21) == nil)
    #expect(try queue.breach() == nil)
  }

  @Test func `jobs of a key that wait for another run go one by one`() throws {
    try queue.submit("first", priority: 1)
    for name in ["a", "b"] { try queue.submit(name, JobOptions(after: runID("first"), concurrencyKey: "key")) }
    try submit("c")
    let claim = try #require(try queue.claim("w1"))

    try queue.one.finish(claim, published(), now: instant(1))

    #expect(try queue.breach() == nil)
    #expect(try (1...2).map { _ in try queue.claimName(at: 2) } == ["a", nil])
  }

  @Test func `a job that is retried takes its place in its key`() throws {
    try submit("a", "b")
    try queue.one.finish(try #require(try queue.claim("w1")), permanent, now: instant(1))
    let second = try #require(try queue.claim("w1", at: 2))

    _ = try queue.one.retry([runID("a")], force: false, now: instant(3))

    #expect(try queue.claimName("w2", at: 4) == nil)
    #expect(try queue.breach() == nil)
    try queue.one.finish(second, published(), now: instant(5))
    #expect(try queue.claimName("w2", at: 6) == "a")
    #expect(try queue.breach() == nil)
  }

  @Test func `a job that cannot be read lets the next of its key go`() throws {
    try submit("a", "b")
    try queue.spoil("a")

    #expect(try queue.claimName() == "b")
    #expect(try queue.breach() == nil)
  }

  @Test(arguments: [
    "UPDATE jobs SET held = 0 WHERE run_id = 'b'",
    "UPDATE jobs SET state = 'running', held = 0, worker = 'w', lease_until = 1 WHERE run_id = 'b'",
    "INSERT INTO jobs (request, state, priority, max_tries, concurrency_key, queued_at, submitted_at) "
      + "SELECT json_set(request, '$.run_id', 'c'), 'queued', 0, 1, 'key', 0, 0 FROM jobs WHERE run_id = 'b'",
  ])
  func `the file refuses a second job of a key that goes`(sql: String) throws {
    try submit("a", "b")
    for isRunning in [false, true] {
      if isRunning { _ = try queue.claim("w1") }

      let error = #expect(throws: DatabaseError.self) { try queue.raw().write { try $0.execute(sql: sql) } }

      #expect(error?.message == "UNIQUE constraint failed: jobs.concurrency_key")
    }
  }

  private func submit(_ names: String...) throws {
    for name in names { try queue.submit(name, JobOptions(concurrencyKey: "key")) }
  }
}

/// How a running job lets go of its key.
enum KeyEnd: CaseIterable {
  case succeeded, failed, scheduled, cancelled, released, lost, silent, cancelledAndLost

  /// Which of `a` and `b` goes then; `a` is put off for ten minutes where it is scheduled.
  var next: String {
    switch self {
    case .succeeded, .failed, .scheduled, .cancelled, .cancelledAndLost: "b"
    case .released, .lost, .silent: "a"
    }
  }

  func run(_ claim: Claim, on store: JobStore) throws {
    switch self {
    case .succeeded: try store.finish(claim, published(), now: instant(1))
    case .failed: try store.finish(claim, permanent, now: instant(1))
    case .scheduled: try store.finish(claim, transient(after: 600), now: instant(1))
    case .cancelled: try store.finish(claim, .cancelled, now: instant(1))
    case .released: try store.finish(claim, .released, now: instant(1))
    case .lost: try store.takeBack(try #require(try store.running().first), .died, now: instant(1))
    case .silent: try store.takeBack(try #require(try store.running().first), .silent, now: instant(31))
    case .cancelledAndLost:
      _ = try store.cancel([claim.request.runID], now: instant(1))
      try store.takeBack(try #require(try store.running().first), .died, now: instant(2))
    }
  }
}
