import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
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
    let lines = try (1...10).map { try StartLine("\(path)/line-\($0)", runners: 8) }
    defer { withExtendedLifetime(lines) {} }

    await withTaskGroup { group in
      for number in 1...8 {
        group.addTask {
          await #expect(processExitsWith: .success) { [path = path as String, number = number as Int] in
            var failures: [any Error] = []
            for round in 1...10 {
              // All eight are there before one opens: the moment at which they could be in each other's way.
              try StartLine.wait("\(path)/line-\(round)")
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
