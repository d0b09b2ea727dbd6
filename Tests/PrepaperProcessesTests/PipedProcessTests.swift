import Glibc
import PrepaperProcesses
import Testing

@Suite(.timeLimit(.minutes(2)))
struct PipedProcessTests {
  private let much = [UInt8](repeating: 0x61, count: 10_000_000)

  @Test func `input, output, errors and status go through`() async throws {
    let ran = try await shell("cat; echo 'one\ntwo' >&2; exit 3").runPiped(input: Array("hello\n".utf8))

    #expect((ran.end.exit.exitStatus, ran.end.exit.signal, ran.end.stop) == (3, nil, nil))
    #expect((ran.output, ran.errors) == ("hello\n", "one\ntwo\n"))
  }

  @Test func `it has its three pipes, and no other descriptor`() async throws {
    // One that whatever is started without care would inherit.
    let open = unsafe Glibc.open("/dev/null", O_RDONLY)
    defer { close(open) }

    let ran = try await python("import os; print(sorted(int(n) for n in os.listdir('/proc/self/fd')))").runPiped()

    #expect(open > 2)
    // The fourth is the directory that it lists.
    #expect(ran.output == "[0, 1, 2, 3]\n")
  }

  @Test func `any amount of input and output goes through, also where it prints before it reads`() async throws {
    let ran = try await python(
      """
      import sys
      for _ in range(10): sys.stdout.write('x' * 1048576)
      sys.stdout.flush()
      print(len(sys.stdin.buffer.read()))
      """
    ).runPiped(input: much)

    #expect(ran.end.exit.exitStatus == 0)
    #expect(ran.output.utf8.count == 10 * 1_048_576 + 9)
    #expect(ran.output.hasSuffix("10000000\n"))
  }

  @Test func `one that ends at once ends the writing`() async throws {
    let process = try await PipedProcess.start(
      ProcessStart("/bin/true"), grace: .zero, output: { _, _ in true }, errors: { _ in })

    let isTaken = await process.write(much)
    let end = await process.end()

    #expect(!isTaken)
    #expect(end.exit.exitStatus == 0)
    #expect(await process.write([1]) == false)
  }

  @Test func `one that closes its input goes on without it`() async throws {
    let ran = try await shell("exec <&-; echo still; exit 4").runPiped(input: much)

    #expect(ran.end.exit.exitStatus == 4)
    #expect(ran.output == "still\n")
  }

  @Test func `one that never reads lets the writer go when it is ended`() async throws {
    let process = try await PipedProcess.start(
      ProcessStart("/bin/sleep", ["1000"]), wall: .milliseconds(300), grace: .zero, output: { _, _ in true },
      errors: { _ in })

    let isTaken = await process.write(much)

    #expect(!isTaken)
    #expect(await process.end().stop == .wallTime)
  }

  @Test func `the bytes that it has read are known`() async throws {
    let reads = Said()
    let process = try await PipedProcess.start(
      shell("head -c 100 >/dev/null; echo a; read line; echo b; read line; echo c"), grace: .zero,
      output: { piece, read in
        if let letter = piece.first { reads.add([letter] + "\(read) ".utf8) }
        return true
      }, errors: { _ in })

    _ = await process.write([UInt8](repeating: 0x61, count: 100))
    try await reads.wait(for: "a100 ")
    _ = await process.write(Array("line\n".utf8))
    try await reads.wait(for: "a100 b105 ")
    _ = await process.write(Array("line\n".utf8))
    process.closeInput()
    _ = await process.end()

    #expect(reads.text == "a100 b105 c110 ")
  }

  @Test func `the end of output and of errors is told once, by an empty piece`() async throws {
    let (output, errors) = (Said(), Said())
    let process = try await PipedProcess.start(
      shell("echo out; echo err >&2"), grace: .zero,
      output: { piece, _ in
        output.add(piece.isEmpty ? Array("END".utf8) : piece)
        return true
      }, errors: { errors.add($0.isEmpty ? Array("END".utf8) : Array($0)) })

    _ = await process.end()

    #expect((output.text, errors.text) == ("out\nEND", "err\nEND"))
  }

  @Test func `one that cannot be started says so`() async {
    await #expect(throws: ProcessStartFailure(program: "/nowhere/program", code: ENOENT)) {
      try await PipedProcess.start(
        ProcessStart("/nowhere/program"), grace: .zero, output: { _, _ in true }, errors: { _ in })
    }
  }
}
