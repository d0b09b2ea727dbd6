import Foundation
import Glibc
import PrepaperDomain
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

  @Test func `arguments are given as they are, without a shell`() async throws {
    let script = try Script.shell("printf '[%s]' \"$@\"")
    let arguments = ["a b", "$(id)", "*", "'", "; true", ""]

    let result = try await run(ProgramCommand(path: script.path, arguments: arguments))

    #expect(result.output == arguments.map { "[\($0)]" }.joined())
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
    // One that a program started by anything else in this process would inherit.
    let open = unsafe Glibc.open("/dev/null", O_RDONLY)
    defer { close(open) }
    let script = try Script.python(
      """
      import os
      print(sorted(int(n) for n in os.listdir('/proc/self/fd')), os.getcwd(), os.getpgid(0) == os.getpid())
      """)

    let result = try await run(script.command)

    #expect(open > 2)
    // The fourth is the directory that it lists.
    #expect(result.output == "[0, 1, 2, 3] / True\n")
  }

  @Test func `a program that prints much before it reads is no deadlock`() async throws {
    let script = try Script.python(
      """
      import sys
      for _ in range(10): sys.stdout.write('x' * 1048576)
      sys.stdout.flush()
      print(len(sys.stdin.buffer.read()))
      """)

    let result = try await run(script.command, input: [UInt8](repeating: 0x61, count: 5_000_000))

    #expect(result.end.isSuccess)
    #expect(result.output.utf8.count == 10 * 1_048_576 + 8)
    #expect(result.output.hasSuffix("5000000\n"))
  }

  @Test func `one that reads nothing ends the writing with its end`() async throws {
    let script = try Script.shell("exit 0")
    let process = try await ProgramProcess.start(
      script.command, limits: ProgramLimits(), mark: nil, output: { _, _ in true }, errors: { _ in })

    let isTaken = await process.write([UInt8](repeating: 0x61, count: 5_000_000))
    let end = await process.end()

    #expect(!isTaken)
    #expect(end.exitStatus == 0)
    #expect(await process.write([1]) == false)
  }

  @Test func `one that closes its input early goes on without it`() async throws {
    let script = try Script.shell("exec <&-; echo still; exit 4")

    let result = try await run(script.command, input: [UInt8](repeating: 0x61, count: 5_000_000))

    #expect(result.end.exitStatus == 4)
    #expect(result.output == "still\n")
  }

  @Test func `one that hangs is ended when its wall time is over`() async throws {
    let script = try Script.shell("echo begun; exec sleep 1000")

    let result = try await run(script.command, limits: ProgramLimits(wall: .milliseconds(300)))

    #expect(result.end.stop == .wallTime)
    #expect(result.end.signal == SIGTERM)
    #expect(result.output == "begun\n")
    #expect(result.end.problem(ProgramLimits(wall: .milliseconds(300))) == "took longer than its 0.3 s")
  }

  @Test func `one that ignores SIGTERM is killed after the grace`() async throws {
    let script = try Script.shell("trap '' TERM; echo begun; while :; do sleep 0.05; done")

    let result = try await run(script.command, limits: ProgramLimits(wall: .milliseconds(300)))

    #expect(result.end.stop == .wallTime)
    #expect(result.end.signal == SIGKILL)
  }

  @Test func `one that is stopped is ended as well`() async throws {
    let script = try Script.shell("kill -STOP $$")

    let result = try await run(script.command, limits: ProgramLimits(wall: .milliseconds(300)))

    #expect(result.end.stop == .wallTime)
    #expect(result.end.signal == SIGTERM)
  }

  @Test func `waiting for the run is not counted as its time`() async throws {
    let script = try Script.shell("cat >/dev/null; echo end")
    let output = Said()
    let process = try await ProgramProcess.start(
      script.command, limits: ProgramLimits(wall: .seconds(5)), mark: nil,
      output: { piece, _ in
        output.add(String(decoding: piece, as: UTF8.self))
        return true
      }, errors: { _ in })

    _ = try await process.whileItWaits { try await run(ProgramCommand(path: "/bin/sleep", arguments: ["6"])) }
    process.closeInput()
    let end = await process.end()

    #expect(end.isSuccess)
    #expect(output.text == "end\n")
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

  @Test func `what it has started is gone with it, however it ends`() async throws {
    for (index, ending) in [
      "sys.exit(0)", "sys.exit(5)", "os.kill(os.getpid(), signal.SIGSEGV)", "time.sleep(1000)",
    ].enumerated() {
      let script = try Script.python(
        """
        import os, signal, sys, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if os.fork() == 0:
            if os.fork() == 0: sys.stderr.write('%d\\n' % os.getpid())
            else: sys.stderr.write('%d\\n' % os.getpid())
            sys.stderr.flush()
            while True: time.sleep(1000)
        sys.stdin.readline()
        \(ending)
        """)
      let errors = Said()
      let process = try await ProgramProcess.start(
        script.command, limits: ProgramLimits(wall: .seconds(index == 3 ? 3 : 60)), mark: nil,
        grace: .milliseconds(100),
        output: { _, _ in true }, errors: { errors.add($0) })
      try await eventually("both say who they are") { errors.all.count == 2 }
      _ = await process.write(Array("go on\n".utf8))
      process.closeInput()

      let end = await process.end()

      let group = errors.all.compactMap { Int32($0) }
      #expect(group.count == 2)
      #expect(end.stop == (index == 3 ? .wallTime : nil), "\(ending): \(end)")
      for member in group { try await eventually("\(member) is gone after '\(ending)'") { !isRunning(member) } }
    }
  }

  @Test func `a process that leaves the group and holds the output does not hold the run`() async throws {
    let script = try Script.shell("setsid sleep 30 & echo $!")

    let result = try await run(script.command)

    #expect(result.end.isSuccess)
    let stray = try #require(Int32(result.output.trimmingCharacters(in: .newlines)))
    kill(stray, SIGKILL)
  }

  @Test func `it can be ended at any time`() async throws {
    let script = try Script.shell("echo begun >&2; sleep 1000")
    let errors = Said()
    let process = try await ProgramProcess.start(
      script.command, limits: ProgramLimits(), mark: nil, output: { _, _ in true }, errors: { errors.add($0) })
    try await eventually("it has begun") { !errors.all.isEmpty }

    process.stop(.cancelled)
    process.stop(.wallTime)
    let end = await process.end()

    #expect(end.stop == .cancelled)
    #expect(end.signal == SIGTERM)
    #expect(await process.end() == end)
  }

  @Test func `output that is not taken ends it`() async throws {
    let script = try Script.shell("echo wrong; exec sleep 1000")
    let process = try await ProgramProcess.start(
      script.command, limits: ProgramLimits(), mark: nil, output: { piece, _ in piece.isEmpty }, errors: { _ in })

    let end = await process.end()

    #expect(end.stop == .refused)
  }

  @Test func `an output that ends too early ends it after the grace`() async throws {
    let script = try Script.shell("exec >&-; sleep 1000")
    let process = try await ProgramProcess.start(
      script.command, limits: ProgramLimits(), mark: nil, grace: .milliseconds(200), output: { _, _ in false },
      errors: { _ in })

    let end = await process.end()

    #expect(end.stop == .refused)
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

  @Test func `a program that is not there says so on its standard error`() async throws {
    let result = try await run(ProgramCommand(path: "/nowhere/program"))

    #expect(result.end.exitStatus == 127)
    #expect(result.errors.joined().contains("/nowhere/program"))
  }

  @Test func `the bytes that it has read are known`() async throws {
    let script = try Script.shell("head -c 100 >/dev/null; echo a; read line; echo b; read line; echo c")
    let reads = Said()
    let process = try await ProgramProcess.start(
      script.command, limits: ProgramLimits(), mark: nil,
      output: { piece, read in
        if !piece.isEmpty { reads.add("\(String(decoding: piece, as: UTF8.self).prefix(1))\(read)") }
        return true
      }, errors: { _ in })

    _ = await process.write([UInt8](repeating: 0x61, count: 100))
    try await eventually("it has answered") { reads.all.count == 1 }
    _ = await process.write(Array("line\n".utf8))
    try await eventually("it has answered again") { reads.all.count == 2 }
    _ = await process.write(Array("line\n".utf8))
    process.closeInput()
    _ = await process.end()

    #expect(reads.all == ["a100", "b105", "c110"])
  }
}
