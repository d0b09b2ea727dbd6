import ArgumentParser
import PrepaperDomain
import PrepaperQueue
import Testing

@testable import PrepaperCommands

@Suite struct SubmitCommandTests {
  private let named = ["--backtest-run-id", "BT", "--run-id", "RUN"]

  @Test func `flags become the request`() throws {
    // When
    let command = try SubmitCommand.parse(
      named + [
        "--from", "2013-10-07", "--to", "2013-10-08T13:30:00Z", "--symbols", "SPY,QQQ", "--max-missing", "2%",
        "--session-mode", "all", "--strict", "--no-prove",
      ])
    let request = try command.request.request(artifactsRoot: "/root")
    // Then
    #expect(request.runID.description == "RUN")
    #expect(request.backtestRunID.description == "BT")
    #expect(request.artifactsRoot == "/root")
    #expect(request.sessionMode == .all)
    #expect(request.options.symbols.map(\.description) == ["QQQ", "SPY"])
    #expect(request.options.maxMissing == 0.02)
    #expect(request.options.isStrict)
    #expect(!request.options.isProven)
  }

  @Test func `flags become the options of the job`() throws {
    // Given
    let now = UTCTimestamp(seconds: 1000)
    // When
    let command = try SubmitCommand.parse(
      named + [
        "--priority=-5", "--max-attempts", "7", "--run-timeout", "1.5", "--delay", "60", "--after", "OTHER",
        "--concurrency-key", "vendor",
      ])
    let options = try command.job.options(now: now)
    // Then
    #expect(options.priority == -5)
    #expect(options.maxTries == 7)
    #expect(options.timeout == .seconds(1.5))
    #expect(options.notBefore == UTCTimestamp(seconds: 1060))
    #expect(options.after?.description == "OTHER")
    #expect(options.concurrencyKey == "vendor")
  }

  @Test func `nothing said is what the manual says`() throws {
    let command = try SubmitCommand.parse(named)
    let (request, options) = (
      try command.request.request(artifactsRoot: "/"), try command.job.options(now: UTCTimestamp(seconds: 0))
    )
    #expect(request.window == .lastSession)
    #expect(request.sessionMode == .rth)
    #expect(request.options.isProven)
    #expect(options.priority == 0)
    #expect(options.maxTries == 3)
    #expect(options.notBefore == nil)
    #expect(!command.bulk && !command.isToWait)
  }

  @Test(arguments: [
    (["--run-id", "RUN"], "Missing expected argument '--backtest-run-id <id>'"),
    (["--backtest-run-id", "BT"], "Missing expected argument '--run-id <id>'"),
    (["--backtest-run-id", "BT", "--run-id", "../up"], "--run-id is '../up'; an id is"),
    (["--backtest-run-id", "BT", "--run-id", "RUN", "--from", "2013-10-07"], "--from and --to belong together"),
    (["--backtest-run-id", "BT", "--run-id", "RUN", "--mode", "fast"], "--mode is 'fast'; it must be"),
    (
      ["--backtest-run-id", "BT", "--run-id", "RUN", "--symbols", "A", "--symbols-file", "f"],
      "--symbols and --symbols-file exclude each other."
    ),
    (["--backtest-run-id", "BT", "--run-id", "RUN", "--timeout", "5"], "--timeout is how long to --wait"),
    (["--backtest-run-id", "BT", "--run-id", "RUN", "--wait", "--timeout=-1"], "--timeout must be 0 to"),
    (["--backtest-run-id", "BT", "--run-id", "RUN", "--max-attempts", "0"], "--max-attempts must be 1 to 1000."),
    (["--backtest-run-id", "BT", "--run-id", "RUN", "--file", "f"], "--file and --last-session belong to --bulk."),
    (["--bulk", "--run-id", "RUN"], "With --bulk, each line says everything about its run"),
    (["--bulk", "--no-prove"], "With --bulk, each line says everything about its run"),
    (["--bulk", "--priority", "1"], "With --bulk, each line says everything about its run"),
  ])
  func `what makes no sense is refused before anything is opened`(arguments: [String], words: String) {
    let error = #expect(throws: (any Error).self) { try SubmitCommand.parse(arguments) }
    guard let error else { return }
    #expect(SubmitCommand.exitCode(for: error) == .validationFailure)
    #expect(SubmitCommand.message(for: error).contains(words), "\(SubmitCommand.message(for: error))")
  }

  @Test func `many runs need no more than the word, and a root of their own`() throws {
    let command = try SubmitCommand.parse([
      "--bulk", "--file", "runs.jsonl", "--last-session", "XNYS", "--artifacts-root", "/root",
    ])
    #expect(command.bulk)
    #expect(command.file == "runs.jsonl")
    #expect(command.lastSession == .xnys)
    #expect(command.request.isEmpty)
  }
}
