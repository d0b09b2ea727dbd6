import Foundation
import GRDB
import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite
import Synchronization
import Testing

// Another connection holds the write lock, as a slow process would.
@Suite(.timeLimit(.minutes(5))) struct BusyTests {
  let queue: QueueFile
  let holder: DatabaseQueue

  init() throws {
    queue = try QueueFile()
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    holder = try DatabaseQueue(path: queue.path, configuration: configuration)
  }

  @Test(arguments: [Duration.milliseconds(900), .seconds(120)])
  func `a write waits for a lock that is let go before its deadline`(deadline: Duration) throws {
    let store = try openStore(queue.path, deadline: deadline)
    try lock()

    let writer = Writer { _ = try store.submit(request("run"), now: instant(0)) }
    writer.waitUntilItWaits(times: 5)
    #expect(!writer.isDone)
    try unlock()

    #expect(try writer.result().get() == ())
    #expect(try queue.job().state == .queued)
  }

  @Test(arguments: [Duration.zero, .milliseconds(20), .milliseconds(1500)])
  func `a write gives up on a lock that is held beyond its deadline`(deadline: Duration) throws {
    let store = try openStore(queue.path, deadline: deadline)
    try lock()
    let content = try queue.content()

    let began = ContinuousClock.now
    let failure = #expect(throws: SQLiteFailure.self) {
      try store.submit(request("run"), now: instant(0))
    }
    let waited = began.duration(to: .now)

    #expect(failure?.kind == .busy)
    #expect(failure?.path == queue.path)
    #expect(waited >= deadline / 2)
    #expect(try queue.content() == content)
    try unlock()
    #expect(try store.submit(request("run"), now: instant(0)).created)
  }

  @Test func `reading needs no lock`() throws {
    try queue.submit("run")
    let store = try openStore(queue.path, deadline: .zero)

    try lock()

    #expect(try store.overview().counts[.queued] == 1)
    #expect(try store.details(runID("run")).job.state == .queued)
    #expect(try openStore(queue.path, deadline: .zero).jobs(state: nil, limit: 5).count == 1)
  }

  @Test func `a claim that found the queue locked has claimed nothing`() throws {
    try queue.submit("run")
    let store = try openStore(queue.path, deadline: .zero)
    try lock()

    let failure = #expect(throws: SQLiteFailure.self) {
      try store.claimNext(worker: "w1", lease: .seconds(30), now: instant(0))
    }
    try unlock()

    #expect(failure?.kind == .busy)
    #expect(try queue.job().attempt == 0)
    #expect(try store.claimNext(worker: "w1", lease: .seconds(30), now: instant(0))?.attempt == 1)
  }

  @Test(arguments: Idle.allCases)
  func `where there is nothing to claim, nothing is locked and nothing is written`(idle: Idle) throws {
    try idle.make(in: queue)
    let store = try openStore(queue.path, deadline: .zero)
    let content = try queue.content()
    try lock()

    var locks = 0
    let claim = try store.claim(
      worker: "w1",
      lock: {
        locks += 1
        return nil
      }, lease: .seconds(30), now: instant(5))

    try unlock()
    #expect(claim == nil)
    #expect(locks == 0)
    #expect(try queue.content() == content)
  }

  private func lock() throws {
    try holder.writeWithoutTransaction { try $0.beginTransaction(.immediate) }
  }

  private func unlock() throws {
    try holder.writeWithoutTransaction { try $0.rollback() }
  }
}

/// A queue without a job to claim.
enum Idle: CaseIterable {
  case empty, running, later, ended, waiting, held, paused

  func make(in queue: QueueFile) throws {
    switch self {
    case .empty: break
    case .running: _ = try queue.submitClaimed()
    case .later: try queue.submit("run", JobOptions(notBefore: instant(6)))
    case .ended: try Ended.failed.make("run", in: queue)
    case .waiting:
      _ = try queue.submitClaimed()
      try queue.submit("after", JobOptions(notBefore: instant(4), after: runID("run")))
    case .held:
      for name in ["run", "held"] { try queue.submit(name, JobOptions(concurrencyKey: "key")) }
      _ = try queue.claim("w1")
    case .paused:
      try queue.submit("run")
      try queue.one.pause(now: instant(1))
    }
  }
}

/// A thread that writes, and that a test can see wait.
private final class Writer: Sendable {
  private let status = Mutex<String?>(nil)
  private let outcome = Mutex<Result<Void, any Error>?>(nil)

  init(_ body: @escaping @Sendable () throws -> Void) {
    Thread.detachNewThread { [self] in
      let result = Result {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
        status.withLock { $0 = "/proc/\(own)/status" }
        try body()
      }
      outcome.withLock { $0 = result }
    }
  }

  /// Whether it came to its end.
  var isDone: Bool { outcome.withLock { $0 != nil } }

  /// Returns once the thread has given its processor away that often: it sleeps between its tries.
  func waitUntilItWaits(times: Int) {
    while !isDone, (status.withLock { $0 }.flatMap(Self.waits) ?? 0) < times { sched_yield() }
  }

  /// What it came to.
  func result() throws -> Result<Void, any Error> {
    while !isDone { sched_yield() }
    return try #require(outcome.withLock { $0 })
  }

  /// How often it has, by the kernel's count; nil once the thread is gone.
  private static func waits(of status: String) -> Int? {
    let lines = FileManager.default.contents(atPath: status).map { String(decoding: $0, as: UTF8.self) }
    let line = lines?.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches") }
    return line?.split(separator: "\t").last.flatMap { Int($0) }
  }
}
