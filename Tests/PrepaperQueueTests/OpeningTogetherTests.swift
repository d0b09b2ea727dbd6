import Dispatch
import Foundation
import Glibc
import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10))) struct OpeningTogetherTests {
  @Test func `eight threads make one queue of a new file`() throws {
    for round in 1...20 {
      let directory = try TemporaryDirectory()
      let path = "\(directory.path)/queue.db"
      let race = Race(runners: 8)

      for number in 1...8 { race.run { try submit(number, to: path) } }
      race.wait()

      #expect(race.failures.isEmpty, "round \(round)")
      #expect(try openStore(path).overview().counts[.queued] == 8)
    }
  }

  @Test func `eight processes make one queue of a new file`() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.path

    await withTaskGroup { group in
      for number in 1...8 {
        group.addTask {
          await #expect(processExitsWith: .success) { [path = path as String, number = number as Int] in
            var failures: [any Error] = []
            for round in 1...10 {
              // All eight are there before one opens: the moment at which they could be in each other's way.
              try Data().write(to: URL(fileURLWithPath: "\(path)/ready.\(round).\(number)"))
              for other in 1...8 {
                while !FileManager.default.fileExists(atPath: "\(path)/ready.\(round).\(other)") { sched_yield() }
              }
              do {
                try submit(number, to: "\(path)/queue-\(round).db")
              } catch {
                failures.append(error)
              }
            }
            #expect(failures.isEmpty, "\(failures)")
          }
        }
      }
    }

    for round in 1...10 {
      #expect(try openStore("\(path)/queue-\(round).db").overview().counts[.queued] == 8, "round \(round)")
    }
  }
}

private func submit(_ number: Int, to path: String) throws {
  let store = try openStore(path, seed: UInt64(number))
  try #require(store.submit(request("run-\(number)"), now: instant(0)).created)
}

/// Threads that begin together, and what they failed with.
private final class Race: Sendable {
  private let finished = DispatchGroup()
  private let waiting: Mutex<Int>
  private let errors = Mutex<[any Error]>([])

  init(runners: Int) {
    waiting = Mutex(runners)
  }

  /// What the runners threw.
  var failures: [any Error] { errors.withLock { $0 } }

  /// Starts a runner, which begins once all are there.
  func run(_ body: @escaping @Sendable () throws -> Void) {
    finished.enter()
    Thread.detachNewThread { [self] in
      waiting.withLock { $0 -= 1 }
      while waiting.withLock({ $0 }) > 0 { sched_yield() }
      do {
        try body()
      } catch {
        errors.withLock { $0.append(error) }
      }
      finished.leave()
    }
  }

  /// Returns when all have come to their end.
  func wait() { finished.wait() }
}
