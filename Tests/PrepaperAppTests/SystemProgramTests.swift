import Testing

@testable import PrepaperApp

@Suite struct SystemProgramTests {
  private let shell = SystemProgram(path: "/bin/sh", patience: .seconds(600))

  @Test func `what is printed is the answer, and what is said beside it is not`() async {
    #expect(await shell.answer(["-c", "echo one; echo two >&2"]) == .text("one\n"))
  }

  @Test func `there is no input`() async {
    #expect(await shell.answer(["-c", "cat"]) == .text(""))
  }

  @Test(arguments: ["exit 3", "echo one; exit 1", "kill -9 $$"]) func `a bad end is no answer`(script: String) async {
    #expect(await shell.answer(["-c", script]) == .refused)
  }

  @Test func `a program that is not there gives no answer`() async {
    #expect(await SystemProgram(path: "/nowhere/systemctl").answer([]) == .refused)
  }

  @Test(.timeLimit(.minutes(5))) func `a program that hangs is ended`() async {
    let hasty = SystemProgram(path: "/bin/sleep", patience: .milliseconds(100))
    #expect(await hasty.answer(["3600"]) == .late)
  }

  @Test(.timeLimit(.minutes(5))) func `a program that prints without end is ended`() async {
    let short = SystemProgram(path: "/usr/bin/yes", patience: .seconds(600), mostBytes: 1000)
    #expect(await short.answer([]) == .long)
  }
}
