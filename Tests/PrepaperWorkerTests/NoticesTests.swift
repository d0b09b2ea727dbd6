import Logging
import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import ServiceLifecycle
import Synchronization
import Testing

// What a worker tells the service manager. Each test is a child process: the variable belongs to a whole process.
@Suite(.timeLimit(.minutes(5))) struct NoticesTests {
  @Test func `an idle turn gives a sign of life after its write, and says what waits`() async {
    await #expect(processExitsWith: .success) {
      let workshop = try Workshop()
      let socket = try NotifySocket()

      _ = try await workshop.worker(FakeExecutor()).step()

      #expect(socket.received() == ["WATCHDOG=1", "STATUS=idle; 0 running, 0 queued, 0 scheduled"])
    }
  }

  @Test func `a worker that cannot write gives no sign of life`() async {
    await #expect(processExitsWith: .success) {
      let workshop = try Workshop()
      let socket = try NotifySocket()
      let worker = try workshop.worker(FakeExecutor(), deadline: .zero)
      let lock = try QueueLock(workshop.path)

      _ = try await worker.step()
      let refused = socket.received()
      #expect(refused.count == 1)
      #expect(refused.first?.hasPrefix("STATUS=waiting, nothing is claimed: ") == true)
      lock.release()
      _ = try await worker.step()

      #expect(socket.received().first == "WATCHDOG=1")
    }
  }

  @Test func `a worker that met a full disk says for which root it claims nothing`() async {
    await #expect(processExitsWith: .success) {
      let workshop = try Workshop()
      let socket = try NotifySocket()
      try workshop.submit()
      let worker = try workshop.worker(FakeExecutor { _ in throw RunError(.diskFull, "no room") })
      _ = try await worker.step()
      _ = socket.received()

      _ = try await worker.step()

      #expect(socket.received() == ["STATUS=waiting, nothing is claimed for \(workshop.root): no room"])
    }
  }

  @Test func `each renewal that was committed is a sign of life, and no other`() async {
    await #expect(processExitsWith: .success) {
      let workshop = try Workshop()
      let socket = try NotifySocket()
      try workshop.submit()
      let beats = Mutex(0)
      let lock = Mutex<QueueLock?>(nil)
      let (done, finish) = AsyncStream<Void>.makeStream()
      let clock = TestClock(sleeping: { [workshop] duration in
        guard duration == Workshop.heartbeat else { return }
        switch beats.next() {
        case 1, 2: break
        case 3: try lock.withLock { $0 = try QueueLock(workshop.path) }
        case 4: lock.withLock { $0?.release() }
        default:
          finish.finish()
          try await untilCancelled()
        }
      })
      let executor = FakeExecutor { claim in
        for await _ in done {}
        return try stage(claim)
      }

      _ = try await workshop.worker(executor, clock: clock, deadline: .zero).step()

      // Beats 1, 2 and 4 could write, beat 3 could not.
      let status = "STATUS=running run (attempt 1); 1 running, 0 queued, 0 scheduled"
      #expect(
        socket.received() == [
          "WATCHDOG=1", "WATCHDOG=1", status, "WATCHDOG=1", status, "WATCHDOG=1", status, "WATCHDOG=1", status,
        ])
    }
  }

  @Test func `several runs are named, three at most, and the others counted`() async {
    await #expect(processExitsWith: .success) {
      let workshop = try Workshop()
      let socket = try NotifySocket()
      for number in 1...5 { try workshop.submit("run\(number)") }
      let (done, finish) = AsyncStream<Void>.makeStream()
      let executor = FakeExecutor { claim in
        for await _ in done {}
        return try stage(claim)
      }
      let worker = try workshop.worker(executor, clock: TestClock(sleeping: { _ in try await untilCancelled() }))

      try await withThrowingTaskGroup(of: WorkerService.Turn.self) { group in
        for _ in 1...5 { group.addTask { try await worker.step() } }
        var received: [String] = []
        try await eventually("all five are told") {
          received += socket.received()
          return received.contains { $0.contains(" and 2 more; 5 running, 0 queued") }
        }
        let last = received.last { $0.contains(" and 2 more") } ?? ""
        #expect(last.hasPrefix("STATUS=running run1 (attempt 1), run2 (attempt 1), run3 (attempt 1) and 2 more; "))
        finish.finish()
        try await group.waitForAll()
      }
    }
  }

  @Test func `a worker that the queue holds for what it does not run says so, and ends`() async {
    await #expect(processExitsWith: .success) {
      let workshop = try Workshop()
      let socket = try NotifySocket()
      try workshop.submit()
      let clock = TestClock()
      let worker = try workshop.worker(FakeExecutor(), clock: clock)
      // Somebody else claims in its name.
      _ = try workshop.queue.claim(worker: "w1", lease: .seconds(3600), now: clock.time.now)

      _ = try await worker.step()
      #expect(socket.received().first == "WATCHDOG=1")
      clock.time.advance(by: Workshop.heartbeat)
      let broken = await #expect(throws: WorkerBroken.self) { try await worker.step() }

      #expect(broken?.description.contains("attempt 1 of run run, and it does not") == true)
      #expect(socket.received() == ["WATCHDOG=trigger"])
    }
  }

  @Test func `a worker is ready once its first claim has answered, and tells when it stops`() async {
    await #expect(processExitsWith: .success) {
      let workshop = try Workshop()
      let socket = try NotifySocket()
      let (asleep, sleep) = AsyncStream<Void>.makeStream()
      let clock = TestClock(sleeping: { _ in
        sleep.yield()
        try await untilCancelled()
      })
      let idle = "STATUS=idle; 0 running, 0 queued, 0 scheduled"
      let worker = try workshop.worker(FakeExecutor(), clock: clock)
      let group = ServiceGroup(
        configuration: ServiceGroupConfiguration(
          services: [
            ServiceGroupConfiguration.ServiceConfiguration(
              service: worker, successTerminationBehavior: .gracefullyShutdownGroup)
          ],
          logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
      let running = Task { try await group.run() }
      for await _ in asleep { break }
      var received: [String] = []
      try await eventually("it has told three things") {
        received += socket.received()
        return received.count >= 3
      }
      #expect(received == ["WATCHDOG=1", "READY=1", idle])
      await group.triggerGracefulShutdown()
      try await running.value

      #expect(socket.received() == ["STOPPING=1\nEXTEND_TIMEOUT_USEC=60000000"])
    }
  }
}
