import Foundation
import GRDB
import PrepaperDomain
import PrepaperSQLite
import PrepaperSignals
import PrepaperTestSupport
import Synchronization
import Testing

/// A store that cannot be used, or not now.
@Suite struct SignalsFileFaultTests {
  @Test func `a file that is no database is unreadable and stays as it is`() throws {
    let file = try SignalsFile()
    try file.directory.write("ts,symbol\n" + String(repeating: "2025-12-15,SPY\n", count: 100), to: "signals.db")
    let before = try file.bytes()

    let write = try #require(throws: RunError.self) { try file.store().write(batch("run-1", [storedSignal("k1")])) }
    let read = try #require(throws: RunError.self) { try file.store().signals(SignalsQuery(runID: runID("run-1"))) }

    #expect(write.code == .signalsUnreadable)
    #expect(read.code == .signalsUnreadable)
    #expect(write.message.contains(file.path))
    #expect(write.message.contains("not an intact SQLite database"))
    #expect(try file.bytes() == before)
  }

  @Test func `a directory that is not there is named and not made`() throws {
    let file = try SignalsFile()
    let path = file.directory.path + "/absent/signals.db"
    let store = SignalsStore(path: path, busyWait: BusyWait(seed: 1))

    let error = try #require(throws: RunError.self) { try store.write(batch("run-1", [storedSignal("k1")])) }

    #expect(error.code == .signalsUnreadable)
    #expect(error.message.contains("\(path): check the path and its permissions"))
    #expect(!FileManager.default.fileExists(atPath: file.directory.path + "/absent"))
  }

  @Test func `reading a store that is not there does not make it`() throws {
    let file = try SignalsFile()

    let signals = try file.store().signals(SignalsQuery(runID: runID("run-1")))

    #expect(signals == [])
    #expect(!file.exists)
  }

  @Test(arguments: ["wal", "delete"])
  func `the journal mode stays as the file's owner has it`(mode: String) throws {
    let file = try SignalsFile()
    try file.execute("PRAGMA journal_mode = \(mode); CREATE TABLE bars (x)")

    _ = try file.store().write(batch("run-1", [storedSignal("k1")]))
    _ = try file.store().signals(SignalsQuery(runID: runID("run-1")))

    #expect(try file.column("PRAGMA journal_mode") == [mode])
    #expect(try file.column("SELECT count(*) FROM signals") == ["1"])
  }

  @Test func `a store that stays locked is busy, after about the deadline`() throws {
    let file = try SignalsFile()
    _ = try file.store().write(batch("run-1", [storedSignal("k1")]))
    let store = file.store(deadline: .milliseconds(400))

    let clock = ContinuousClock()
    let start = clock.now
    let errors = try file.other().writeWithoutTransaction { other in
      try other.execute(sql: "BEGIN EXCLUSIVE")
      defer { #expect(throws: Never.self) { try other.execute(sql: "ROLLBACK") } }
      return [
        try #require(throws: RunError.self) { try store.write(batch("run-1", [storedSignal("k2")])) },
        try #require(throws: RunError.self) { try store.signals(SignalsQuery(runID: runID("run-1"))) },
      ]
    }
    let waited = clock.now - start

    #expect(errors.map(\.code) == [.storeBusy, .storeBusy])
    #expect(errors.allSatisfy { $0.message.contains("\(file.path): another process kept it locked; try again") })
    #expect(errors.allSatisfy { $0.code.isTransient })
    // Twice a deadline that is kept roughly.
    #expect(waited > .milliseconds(400))
    #expect(try file.column("SELECT idempotency_key FROM signals") == ["k1"])
  }

  @Test func `runs that write at the same moment all succeed`() throws {
    let file = try SignalsFile()
    let receipts = Mutex<[SignalsReceipt]>([])
    let failures = Mutex<[String]>([])
    let signals = try (0..<20).map { try storedSignal("k\($0)") }

    inThreads(8) { index in
      do {
        for part in [signals[0..<7], signals[0..<14], signals[0..<20]] {
          let receipt = try file.store(seed: UInt64(index)).write(batch("run-\(index)", Array(part)))
          receipts.withLock { $0.append(receipt) }
        }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }

    #expect(failures.withLock { $0 } == [])
    #expect(receipts.withLock { $0.map(\.written).reduce(0, +) } == 8 * 20)
    #expect(receipts.withLock { $0.map(\.duplicatesSkipped).reduce(0, +) } == 8 * 21)
    #expect(
      try file.column("SELECT count(*) FROM signals GROUP BY run_id ORDER BY run_id")
        == Array(repeating: "20", count: 8))
  }

  /// Runs a body in that many threads, which are let go together, and waits for all of them.
  private func inThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let gate = DispatchSemaphore(value: 0)
    let done = DispatchGroup()
    for index in 0..<count {
      done.enter()
      let thread = Thread {
        gate.wait()
        body(index)
        done.leave()
      }
      thread.start()
    }
    for _ in 0..<count { gate.signal() }
    done.wait()
  }
}
