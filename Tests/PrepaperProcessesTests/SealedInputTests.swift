import Glibc
import PrepaperProcesses
import Testing

@Suite(.timeLimit(.minutes(2)))
struct SealedInputTests {
  private func run(_ start: ProcessStart, input: [UInt8]) throws -> (exit: ProcessExit, output: String?) {
    let sealed = try SealedInput(input, to: start.program)
    defer { close(sealed.descriptor) }
    var start = start
    start.descriptors[STDIN_FILENO] = sealed.descriptor
    return try start.run()
  }

  @Test(arguments: [0, 1, 65_536, 65_537, 10_000_000])
  func `any amount is read from its first byte to its last`(count: Int) throws {
    let ran = try run(ProcessStart("/usr/bin/wc", ["-c"]), input: [UInt8](repeating: 0x61, count: count))

    #expect(ran.output == "\(count)\n")
  }

  @Test func `it is what was given`() throws {
    #expect(try run(ProcessStart("/bin/cat"), input: Array("one\ntwo".utf8)).output == "one\ntwo")
  }

  @Test func `one that reads nothing, or closes it, keeps nobody waiting`() throws {
    let much = [UInt8](repeating: 0x61, count: 10_000_000)

    #expect(try run(ProcessStart("/bin/true"), input: much).exit.exitStatus == 0)
    #expect(try run(shell("exec <&-; echo still; exit 4"), input: much).output == "still\n")
  }

  @Test func `nobody can change it`() throws {
    let ran = try run(
      python(
        """
        import os
        for change in [lambda: os.write(0, b'x'), lambda: os.ftruncate(0, 0), lambda: os.ftruncate(0, 9)]:
            try: change()
            except PermissionError: print('refused')
        """), input: [1, 2, 3])

    #expect(ran.output == "refused\nrefused\nrefused\n")
  }
}
