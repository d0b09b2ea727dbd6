import PrepaperWorker
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct WakeUpsTests {
  let wakeUps = WakeUps()

  @Test func `one that was woken meanwhile does not wait`() async throws {
    let seen = wakeUps.count

    wakeUps.wake()

    try await wakeUps.next(after: seen)
    #expect(wakeUps.count == seen + 1)
  }

  @Test func `all that wait are woken by one call, and none by an older one`() async throws {
    let woken = Mutex(0)
    wakeUps.wake()
    let seen = wakeUps.count
    let wait: @Sendable () async throws -> Void = {
      try await wakeUps.next(after: seen)
      _ = woken.next()
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<100 { group.addTask { try await wait() } }
      for _ in 0..<100 { await Task.yield() }
      #expect(woken.withLock { $0 } == 0)

      wakeUps.wake()

      try await group.waitForAll()
    }
    #expect(woken.withLock { $0 } == 100)
  }

  @Test func `one that is cancelled waits no longer, before it waits or while it does`() async throws {
    for yields in 0..<50 {
      let isCancelled = await withTaskGroup(of: Bool.self) { group in
        group.addTask {
          do {
            try await wakeUps.next(after: wakeUps.count)
            return false
          } catch {
            return error is CancellationError
          }
        }
        for _ in 0..<yields { await Task.yield() }
        group.cancelAll()
        return await group.next() ?? false
      }
      #expect(isCancelled)
    }
  }

  @Test func `no call is missed by one that looks at the count first`() async throws {
    let total = 2000
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        var seen = 0
        while seen < total {
          try await wakeUps.next(after: seen)
          seen = wakeUps.count
        }
      }
      for _ in 0..<total {
        wakeUps.wake()
        if wakeUps.count.isMultiple(of: 7) { await Task.yield() }
      }
      try await group.waitForAll()
    }
    #expect(wakeUps.count == total)
  }
}
