import Glibc
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `a run whose order is longer than a pipe holds` {
  @Test func `comes to an end like any other`() throws {
    // Of a strategy that nobody knows: only the order matters, not the bars of so many.
    let program = try Program()
    var manifest = Program.manifest("B")
    manifest["strategy"] = .object(["key": "no_such_strategy", "impl_version": "1.0.0", "profile_version": "1.0.0"])
    try program.write(backtest: "B", manifest)
    let list = (0..<9_000).map { "SYMBOL\($0)\n" }.joined()
    try program.directory.write(list, to: "list.txt")
    try program.submit("R", "--symbols-file", "list.txt")

    let worker = try program.start(["worker", "--drain", "--log-level", "error"])
    defer { worker.send(SIGKILL) }
    try eventually("the run is over", within: .seconds(60)) { try program.state("R") == "failed" }

    #expect(try worker.wait().status == 0)
    #expect(
      try program.query(program.queuePath, "SELECT attempt, outcome, error_code FROM attempts")
        == "1|failed|unknown_strategy")
    #expect(list.utf8.count > 65_536)
  }
}
