import Glibc
package import PrepaperQueue
import PrepaperWorker
import UnixSignals

/// Waits for something to happen in a queue: looks whenever somebody rings, and now and then, since not everybody does.
package struct QueueWait {
  /// How long it goes without a look.
  private let pause: Duration
  /// Whether to look, after that, also where nobody has written to the queue.
  private let looksAnyway: Bool
  private let store: JobStore
  private let limit: Duration?

  /// A wait on a queue that has not begun yet.
  ///
  /// - Parameters:
  ///   - limit: how long it waits at most; nil for ever.
  ///   - pause: how long it goes without a look.
  ///   - looksAnyway: whether what is looked for may come without a write to the queue.
  package init(_ store: JobStore, upTo limit: Duration?, pause: Duration = .seconds(1), looksAnyway: Bool = false) {
    self.store = store
    self.limit = limit
    self.pause = pause
    self.looksAnyway = looksAnyway
  }

  /// Waits until a look has an answer; the first look is at once.
  ///
  /// - Throws: `WaitEnd` where the time is over before, or SIGINT or SIGTERM comes; `JobStoreError` with `replaced`
  ///   where the queue's file is another one now; what `look` throws.
  package func answer<Answer: Sendable>(_ look: @escaping @Sendable () throws -> Answer?) async throws -> Answer {
    // Before the first look: from here on a signal does not end the process in the middle of a word.
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    return try await withThrowingTaskGroup(of: Answer.self) { group in
      group.addTask { try await keepLooking(look) }
      group.addTask {
        for await signal in signals { throw WaitEnd.interrupted(signal: signal.rawValue) }
        throw CancellationError()
      }
      if let limit {
        group.addTask {
          try await Task.sleep(for: limit)
          throw WaitEnd.timedOut(after: limit)
        }
      }
      defer { group.cancelAll() }
      guard let answer = try await group.next() else { throw CancellationError() }
      return answer
    }
  }

  private func keepLooking<Answer>(_ look: @Sendable () throws -> Answer?) async throws -> Answer {
    let wakeUps = WakeUps()
    let bell = hangUpBell()
    bell?.listen { wakeUps.wake() }
    defer { bell?.takeDown() }
    var seen: Int64?
    while true {
      // Before the look: what happens during it is seen in the next one.
      let woken = wakeUps.count
      guard store.isInPlace else { throw JobStoreError.replaced(store.path) }
      let version = try store.dataVersion()
      if version != seen || looksAnyway, let answer = try look() { return answer }
      seen = version
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await wakeUps.next(after: woken) }
        group.addTask { try await Task.sleep(for: pause) }
        defer { group.cancelAll() }
        try await group.next()
      }
    }
  }

  private func hangUpBell() -> Bell? {
    do {
      try store.directory.make()
      return try Bell(
        store.directory, owner: "waiter.\(getpid()).\(String(UInt64.random(in: 0...UInt64.max), radix: 16))")
    } catch {
      // Who may only read the queue cannot hang one up, and looks at it each second.
      return nil
    }
  }
}
