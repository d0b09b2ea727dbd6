import Foundation
import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10))) struct TogetherTests {
  @Test(arguments: [(1, 1000), (50, 20)])
  func `two that submit the same runs again and again make each of them once`(runs: Int, times: Int) throws {
    let queue = try QueueFile()
    let race = Race(runners: 2)
    let created = Mutex(0)

    for store in [queue.one, queue.two] {
      race.run {
        for run in 0..<runs {
          for time in 0..<times where try store.submit(request("run-\(run)"), now: instant(Int64(time))).created {
            created.withLock { $0 += 1 }
          }
        }
      }
    }
    race.wait()

    #expect(race.failures.isEmpty, "\(race.failures)")
    #expect(created.withLock { $0 } == runs)
    #expect(try queue.two.overview().counts[.queued] == runs)
    let check = try queue.two.check()
    #expect((check.jobs, check.events, check.breach) == (runs, runs, nil))
  }

  @Test func `of a hundred processes that claim one job at once, one gets it`() async throws {
    let queue = try QueueFile()
    try queue.submit("run")
    let path = queue.directory.path
    let line = try StartLine("\(path)/line", runners: 100)
    defer { withExtendedLifetime(line) {} }

    await withTaskGroup { group in
      for number in 1...100 {
        group.addTask {
          await #expect(processExitsWith: .success) { [path = path as String, number = number as Int] in
            let store = try openStore("\(path)/queue.db", seed: UInt64(number))
            try StartLine.wait("\(path)/line")
            if try store.claim(worker: "w\(number)", lease: .seconds(30), now: instant(1)) != nil {
              try Data().write(to: URL(fileURLWithPath: "\(path)/claimed.\(number)"))
            }
          }
        }
      }
    }

    let claimed = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix("claimed.") }
    let job = try queue.job()
    #expect(claimed == [job.worker.map { "claimed.\($0.dropFirst())" }])
    #expect((job.state, job.attempt, job.tries) == (.running, 1, 1))
    #expect(try queue.history() == ["submitted", "claimed"])
    #expect(try queue.breach() == nil)
  }
}
