import Foundation
import Glibc
import PrepaperProcesses
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ConfinementTests {
  /// Soft and hard limit, of those that the kernel lists.
  private func limit(_ name: String, in list: String?) -> [Substring]? {
    let line = list?.split(separator: "\n").first { $0.hasPrefix(name) }
    return line.map { Array($0.dropFirst(name.count).split(separator: " ").prefix(2)) }
  }

  private func limits(_ confinement: Confinement?) throws -> String? {
    try ProcessStart("/bin/cat", ["/proc/self/limits"], confinement: confinement).run().output
  }

  @Test func `its limits are in force`() throws {
    let list = try limits(Confinement(cpu: .seconds(7), memoryMiB: 64))

    #expect(limit("Max cpu time", in: list) == ["7", "8"])
    #expect(limit("Max data size", in: list) == ["67108864", "67108864"])
    #expect(limit("Max core file size", in: list) == ["0", "0"])
  }

  @Test func `without a limit it has those of this process`() throws {
    let (own, confined) = (try limits(nil), try limits(Confinement()))

    for name in ["Max cpu time", "Max data size", "Max open files"] {
      #expect(limit(name, in: confined) == limit(name, in: own), "\(name)")
    }
    #expect(limit("Max core file size", in: confined) == ["0", "0"])
  }

  @Test func `no limit is raised, and less than a second is one`() async {
    await #expect(processExitsWith: .success) {
      var limit = rlimit(rlim_cur: 5, rlim_max: 5)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
      let tests = ConfinementTests()
      let much = try tests.limits(Confinement(cpu: .seconds(100)))
      let little = try tests.limits(Confinement(cpu: .milliseconds(1)))
      #expect(tests.limit("Max cpu time", in: much) == ["5", "5"])
      #expect(tests.limit("Max cpu time", in: little) == ["1", "2"])
    }
  }

  @Test func `it gets no new privileges`() throws {
    let start = ProcessStart("/bin/grep", ["NoNewPrivs", "/proc/self/status"], confinement: Confinement())

    #expect(try start.run().output == "NoNewPrivs:\t1\n")
  }

  @Test func `it is killed when the thread ends that has started it`() async throws {
    let (talk, told) = (try Talk(), try Talk())
    var start = shell("echo ready; exec sleep 60")
    start.confinement = Confinement()
    let process: StartedProcess = try await withCheckedThrowingContinuation { [start] continuation in
      onThreadOfItsOwn {
        continuation.resume(with: Result { try start.start(talk) })
        _ = told.next()
      }
    }
    // By then it has become what it is to be.
    #expect(talk.line() == "ready")

    told.listen()

    #expect(talk.rest() == "")
    #expect(process.wait().signal == SIGKILL)
  }

  @Test func `what it is called and given stays the same`() throws {
    var start = shell("printf '[%s]' \"$0\" \"$@\"", ["a b", "--", "-x", ""])
    start.confinement = Confinement(cpu: .seconds(9))

    #expect(try start.run().output == "[sh][a b][--][-x][]")
  }
}
