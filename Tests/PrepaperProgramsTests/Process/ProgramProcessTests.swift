import Foundation
import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperProcesses
import PrepaperPrograms
import PrepaperTestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ProgramProcessTests {
  /// Runs a program to its end with this input; what it printed and said.
  private func run(
    _ command: ProgramCommand, input: [UInt8] = [], limits: ProgramLimits = ProgramLimits(), mark: String? = nil,
    grace: Duration = .milliseconds(200)
  ) async throws -> (end: ProgramEnd, output: String, errors: [String]) {
    let (output, errors) = (Said(), Said())
    let process = try await ProgramProcess.start(
      command, limits: limits, mark: mark, grace: grace,
      output: { piece, _ in
        output.add(String(decoding: piece, as: UTF8.self))
        return true
      }, errors: { errors.add($0) })
    _ = await process.write(input)
    process.closeInput()
    return (await process.end(), output.text, errors.all)
  }

  @Test func `input, output, errors and status go through`() async throws {
    let script = try Script.shell("cat; echo 'one\ntwo' >&2; exit 3")

    let result = try await run(script.command, input: Array("hello\n".utf8))

    #expect(result.end.exitStatus == 3)
    #expect(result.end.signal == nil)
    #expect(result.end.stop == nil)
    #expect(!result.end.isSuccess)
    #expect(result.output == "hello\n")
    #expect(result.errors == ["one", "two"])
    #expect(result.end.lastErrors == ["one", "two"])
    #expect(result.end.problem(ProgramLimits()) == "ended with status 3")
  }

  @Test func `the environment is small and has no secrets`() async throws {
    unsafe setenv("PREPAPER_TEST_SECRET", "hidden", 1)
    defer { unsafe unsetenv("PREPAPER_TEST_SECRET") }

    let result = try await run(ProgramCommand(path: "/usr/bin/env"))
    let marked = try await run(ProgramCommand(path: "/usr/bin/env"), mark: "job.1.2")

    let common = ["LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin", "PYTHONHASHSEED=0", "TZ=UTC"]
    #expect(result.output.split(separator: "\n").sorted().map(String.init) == common)
    #expect(
      marked.output.split(separator: "\n").sorted().map(String.init)
        == (common + ["PREPAPER_ATTEMPT_LOCK=job.1.2"]).sorted())
  }

  @Test func `it has three descriptors, and stands in the root directory in a group of its own`() async throws {
    let script = try Script.python(
      """
      import os
      print(sorted(int(n) for n in os.listdir('/proc/self/fd')), os.getcwd(), os.getpgid(0) == os.getpid())
      """)

    let result = try await run(script.command)

    // The fourth is the directory that it lists.
    #expect(result.output == "[0, 1, 2, 3] / True\n")
  }

  @Test func `one that hangs is ended when its wall time is over`() async throws {
    let script = try Script.shell("echo begun; exec sleep 1000")

    let result = try await run(script.command, limits: ProgramLimits(wall: .milliseconds(300)))

    #expect(result.end.stop == .wallTime)
    #expect(result.end.signal == SIGTERM)
    #expect(result.output == "begun\n")
    #expect(result.end.problem(ProgramLimits(wall: .milliseconds(300))) == "took longer than its 0.3 s")
  }

  @Test func `one that computes too long is ended by the kernel`() async throws {
    let script = try Script.python("while True: pass")
    let limits = ProgramLimits(cpu: .seconds(1))

    let result = try await run(script.command, limits: limits)

    #expect(result.end.signal == SIGXCPU)
    #expect(result.end.problem(limits) == "used up its 1 s of CPU time")
  }

  @Test func `one that ignores the kernel's word is killed a second later`() async throws {
    let script = try Script.python(
      """
      import signal
      signal.signal(signal.SIGXCPU, signal.SIG_IGN)
      while True: pass
      """)
    let limits = ProgramLimits(cpu: .seconds(1))

    let result = try await run(script.command, limits: limits)

    #expect(result.end.signal == SIGKILL)
    #expect(result.end.problem(limits) == "used up its 1 s of CPU time")
  }

  @Test func `one that takes too much memory gets none`() async throws {
    let script = try Script.python("x = bytearray(200 << 20)")

    let small = try await run(script.command, limits: ProgramLimits(memoryMiB: 64))
    let large = try await run(script.command, limits: ProgramLimits(memoryMiB: 512))

    #expect(small.end.exitStatus == 1)
    #expect(small.end.lastErrors.last == "MemoryError")
    #expect(large.end.isSuccess)
  }

  @Test func `much on its standard error is cut, in lines and in all`() async throws {
    let script = try Script.python(
      """
      import sys
      sys.stderr.write('y' * 3000000 + '\\n')
      for i in range(30000): sys.stderr.write('line %06d %s\\n' % (i, 'z' * 60))
      sys.stderr.buffer.write(b'bad \\xff \\x1b[31m end')
      """)

    let result = try await run(script.command)

    #expect(result.errors.first == String(repeating: "y", count: 500) + "…")
    #expect(result.errors.map(\.utf8.count).reduce(0, +) < 1_100_000)
    #expect(result.errors.last == "(it says more than 1 MiB; the rest is left out)")
    #expect(result.end.lastErrors.count == 10)
    #expect(result.end.lastErrors.last == "bad \\u{fffd} \\u{1b}[31m end")
  }

  @Test func `there is room to parse the deepest nesting where its output is heard`() async throws {
    let depths = Said()
    let script = try Script.python("print('[' * 200 + ']' * 200, end='')")
    let process = try await ProgramProcess.start(
      script.command, limits: nil, mark: nil,
      output: { piece, _ in
        if !piece.isEmpty { depths.add((try? JSONParser.parse(piece)) == nil ? "refused" : "parsed") }
        return true
      }, errors: { _ in })

    #expect(await process.end().isSuccess)
    #expect(depths.all == ["parsed"])
  }

  @Test func `a program that is not there says so on its standard error`() async throws {
    let result = try await run(ProgramCommand(path: "/nowhere/program"))

    #expect(result.end.exitStatus == 127)
    #expect(result.errors.joined().contains("/nowhere/program"))
  }

  @Test func `one that cannot be started at all is a failure for good`() async throws {
    let endless = ProgramCommand(path: "/bin/true", arguments: [String(repeating: "a", count: 200_000)])

    await #expect(throws: RunError(.unexpected, "cannot start /bin/true: Argument list too long")) {
      try await run(endless)
    }
  }
}
