import Foundation
import Glibc
import PrepaperProcesses
import PrepaperTestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ProcessStartTests {
  /// What a process that stands still has open.
  private func descriptors(of process: StartedProcess) throws -> [String: String] {
    let folder = "/proc/\(process.processID)/fd"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)"))
      })
  }

  /// Starts a process that stands still until it has been looked at.
  private func look(at descriptors: [Int32: Int32]) throws -> [String: String] {
    let talk = try Talk()
    var start = shell("echo ready; kill -STOP $$")
    start.descriptors = descriptors
    let process = try start.start(talk)
    defer {
      process.signalGroup(SIGKILL)
      process.wait()
    }
    #expect(talk.line() == "ready")
    return try self.descriptors(of: process)
  }

  @Test func `its arguments are given as they are, without a shell`() throws {
    let arguments = ["a b", "$(id)", "*", "'", "; true", "", "é"]

    let ran = try shell("printf '[%s]' \"$@\"", arguments).run()

    #expect(ran.output == arguments.map { "[\($0)]" }.joined())
    #expect(ran.exit.exitStatus == 0)
  }

  @Test func `its environment is exactly what it is given`() throws {
    unsafe setenv("PREPAPER_TEST_SECRET", "hidden", 1)
    defer { unsafe unsetenv("PREPAPER_TEST_SECRET") }

    let ran = try ProcessStart("/usr/bin/env", environment: ["B": "2 = two", "A": ""]).run()
    let none = try ProcessStart("/usr/bin/env").run()

    #expect(ran.output == "A=\nB=2 = two\n")
    #expect(none.output == "")
  }

  @Test func `it stands where it is told to, in a group of its own`() throws {
    let directory = try TemporaryDirectory()
    var start = python("import os; print(os.getcwd(), os.getpgid(0) == os.getpid())")
    start.directory = directory.path

    #expect(try start.run().output == "\(directory.path) True\n")
  }

  @Test func `it has the descriptors that it is given, and no other`() throws {
    let directory = try TemporaryDirectory()
    // The second is inherited by whatever is started without care.
    let given = unsafe open(try directory.write("", to: "given"), O_RDWR | O_CLOEXEC)
    let open = unsafe Glibc.open(try directory.write("", to: "open"), O_RDWR)
    defer { for descriptor in [given, open] { close(descriptor) } }

    let found = try look(at: [5: given, 7: given])

    #expect(found.keys.sorted() == ["0", "1", "2", "5", "7"])
    #expect((found["0"], found["2"]) == ("/dev/null", "/dev/null"))
    #expect((found["5"], found["7"]) == ("\(directory.path)/given", "\(directory.path)/given"))
    #expect(found["1"]?.hasPrefix("pipe:") == true)
  }

  @Test func `descriptors may change places`() throws {
    let directory = try TemporaryDirectory()
    let (one, two) = (
      unsafe open(try directory.write("", to: "one"), O_RDWR | O_CLOEXEC),
      unsafe open(try directory.write("", to: "two"), O_RDWR | O_CLOEXEC)
    )
    defer { for descriptor in [one, two] { close(descriptor) } }

    let found = try look(at: [one: two, two: one])

    #expect(found["\(one)"] == "\(directory.path)/two")
    #expect(found["\(two)"] == "\(directory.path)/one")
    #expect(found.count == 5)
  }

  @Test func `no signal is ignored or blocked, whatever this process does`() throws {
    signal(SIGUSR2, SIG_IGN)
    defer { signal(SIGUSR2, SIG_DFL) }

    let ran = try ProcessStart("/bin/grep", ["-E", "^Sig(Ign|Blk)", "/proc/self/status"]).run()

    let masks = (ran.output ?? "").split(separator: "\n").compactMap { UInt64($0.split(separator: "\t")[1], radix: 16) }
    // Signals 32 and 33 are the C library's own: it has them ignored in every process that it starts.
    #expect(masks.map { $0 & ~(3 << 31) } == [0, 0])
  }
}
