import Glibc
import PrepaperProcesses
import PrepaperTestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct `how a process with pipes is ended` {
  @Test func `when its wall time is over`() async throws {
    let ran = try await shell("echo begun; exec sleep 1000").runPiped(wall: .seconds(2))

    #expect((ran.end.stop, ran.end.exit.signal) == (.wallTime, SIGTERM))
    #expect(ran.output == "begun\n")
  }

  @Test func `by a kill after the grace, where it ignores SIGTERM`() async throws {
    let ran = try await shell("trap '' TERM; echo begun; while :; do sleep 0.05; done").runPiped(
      wall: .seconds(2))

    #expect((ran.end.stop, ran.end.exit.signal) == (.wallTime, SIGKILL))
  }

  @Test func `also where it has stopped itself`() async throws {
    let ran = try await shell("kill -STOP $$").runPiped(wall: .milliseconds(300))

    #expect((ran.end.stop, ran.end.exit.signal) == (.wallTime, SIGTERM))
  }

  @Test func `not for the time that it waited`() async throws {
    let output = Said()
    let process = try await PipedProcess.start(
      shell("cat >/dev/null; echo end"), wall: .seconds(5), grace: .zero,
      output: { piece, _ in
        output.add(piece)
        return true
      }, errors: { _ in })

    _ = try await process.whileItWaits { try await ProcessStart("/bin/sleep", ["6"]).runPiped() }
    process.closeInput()
    let end = await process.end()

    #expect((end.exit.exitStatus, end.stop) == (0, nil))
    #expect(output.text == "end\n")
  }

  @Test func `at any time, for the first reason that there is`() async throws {
    let errors = Said()
    let process = try await PipedProcess.start(
      shell("echo begun >&2; sleep 1000"), grace: .seconds(60), output: { _, _ in true }, errors: { errors.add($0) })
    try await errors.wait(for: "begun\n")

    process.stop(.cancelled)
    process.stop(.wallTime)
    let end = await process.end()

    #expect((end.stop, end.exit.signal) == (.cancelled, SIGTERM))
    #expect(await process.end() == end)
  }

  @Test func `when its output is not taken`() async throws {
    let process = try await PipedProcess.start(
      shell("echo wrong; exec sleep 1000"), grace: .zero, output: { piece, _ in piece.isEmpty }, errors: { _ in })

    #expect(await process.end().stop == .refused)
  }

  @Test func `after the grace, when its output ends too early`() async throws {
    let process = try await PipedProcess.start(
      shell("exec >&-; sleep 1000"), grace: .milliseconds(200), output: { _, _ in false }, errors: { _ in })

    #expect(await process.end().stop == .refused)
  }

  @Test(arguments: ["sys.exit(0)", "sys.exit(5)", "os.kill(os.getpid(), signal.SIGSEGV)", "time.sleep(1000)"])
  func `with all of its group`(ending: String) async throws {
    let (talk, errors) = (try Talk(), Said())
    var start = python(
      """
      import os, signal, sys, time
      signal.signal(signal.SIGTERM, signal.SIG_IGN)
      if os.fork() == 0:
          os.fork()
          sys.stderr.write('here ')
          sys.stderr.flush()
          while True: time.sleep(1000)
      sys.stdin.readline()
      \(ending)
      """)
    // Whoever lives holds it.
    start.descriptors[5] = talk.end
    let process = try await PipedProcess.start(
      start, wall: .seconds(ending.contains("sleep") ? 10 : 60), grace: .milliseconds(100), output: { _, _ in true },
      errors: { errors.add($0) })
    talk.listen()
    try await errors.wait(for: "here here ")
    _ = await process.write(Array("go on\n".utf8))
    process.closeInput()

    let end = await process.end()

    #expect(end.stop == (ending.contains("sleep") ? .wallTime : nil))
    #expect(talk.rest() == "")
  }

  @Test func `without what has left its group, which holds its output for a second at most`() async throws {
    let output = Said()
    let process = try await PipedProcess.start(
      shell("setsid sh -c 'echo $$; exec sleep 1000' & read line"), grace: .zero,
      output: { piece, _ in
        output.add(piece)
        return true
      }, errors: { _ in })
    try await eventually("it has left") { output.text.hasSuffix("\n") }
    let stray = try #require(Int32(output.text.dropLast()))
    defer { kill(stray, SIGKILL) }

    process.closeInput()
    let end = await process.end()

    // The limit of the suite is far below what the stray sleeps.
    #expect(end.stop == nil)
    #expect(kill(stray, 0) == 0)
  }
}
