import Glibc
import PrepaperProcesses
import Testing

@Suite(.timeLimit(.minutes(2)))
struct StartedProcessTests {
  @Test(arguments: [0, 3, 255] as [Int32])
  func `its exit status is known, also to those who ask again`(status: Int32) throws {
    let process = try shell("exit \(status)").start()

    let exit = process.wait()

    #expect((exit.exitStatus, exit.signal) == (status, nil))
    #expect(process.wait() == exit)
  }

  @Test(arguments: [SIGTERM, SIGKILL, SIGUSR1])
  func `the signal that ended it is known`(signal: Int32) throws {
    let process = try ProcessStart("/bin/sleep", ["60"]).start()

    process.signal(signal)
    let exit = process.wait()

    #expect((exit.exitStatus, exit.signal) == (nil, signal))
  }

  @Test func `all who wait are told the same`() async throws {
    let process = try shell("exit 9").start()

    let exits = await withTaskGroup(of: ProcessExit.self) { group in
      for _ in 0..<8 {
        group.addTask {
          await withCheckedContinuation { continuation in
            onThreadOfItsOwn { continuation.resume(returning: process.wait()) }
          }
        }
      }
      return await group.reduce(into: Set()) { $0.insert($1) }
    }

    #expect(exits.count == 1)
    #expect(exits.first?.exitStatus == 9)
  }

  @Test func `its memory and CPU time are known, those of what it has started and awaited too`() throws {
    let work = "text=$(head -c 30000000 /dev/zero | tr '\\0' x); for i in {1..20000}; do :; done"

    let exit = try ProcessStart(
      "/bin/bash", ["-c", "bash -c \"$0\"; true", work], environment: ["PATH": "/usr/bin:/bin"]
    ).start().wait()

    #expect(exit.cpuTime > .zero && exit.cpuTime < .seconds(600))
    #expect(exit.peakMemory > 20_000_000 && exit.peakMemory < 2_000_000_000)
  }

  @Test func `what it has left of its group is gone with it, down to its grandchildren`() throws {
    let talk = try Talk()
    let process = try shell("(sleep 120 & sleep 120) & exit 5").start(talk)

    let exit = process.wait()

    #expect(exit.exitStatus == 5)
    // All of them hold the pipe.
    #expect(talk.rest() == "")
  }

  @Test func `unless it is to go on`() throws {
    let (talk, word) = (try Talk(), try PipeEnds(to: "a test"))
    defer { close(word.read) }
    var start = shell("(read line <&5; echo $line) & exit 5")
    start.descriptors[5] = word.read
    let process = try start.start(talk)

    _ = process.wait(endsGroup: false)
    _ = unsafe write(word.write, Array("still\n".utf8), 6)
    close(word.write)

    #expect(talk.rest() == "still\n")
  }

  @Test func `a signal to its group reaches all of it`() throws {
    let talk = try Talk()
    let process = try shell("sleep 120 & echo ready; exec sleep 120").start(talk)
    #expect(talk.line() == "ready")

    process.signalGroup(SIGTERM)

    #expect(process.wait(endsGroup: false).signal == SIGTERM)
    #expect(talk.rest() == "")
  }

  @Test func `something can be done before its number is free, and nothing after`() throws {
    let process = try shell("exit 5").start()
    var seen: [String] = []

    process.beforeNumberIsFree { seen.append("running") }
    _ = process.wait { seen.append(kill(process.processID, 0) == 0 ? "zombie" : "gone") }
    process.beforeNumberIsFree { seen.append("after") }
    _ = process.wait { seen.append("again") }

    #expect(seen == ["running", "zombie"])
    #expect(kill(process.processID, 0) < 0)
  }
}
