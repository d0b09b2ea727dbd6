import ArgumentParser
import PrepaperDomain
import Testing

@testable import PrepaperApp
@testable import PrepaperCommands

@Suite struct OptionsTests {
  @Test(arguments: [("30d", 2_592_000), ("0s", 0), ("90m", 5400), ("2h", 7200), ("1w", 604_800)])
  func `an age is a number and a unit`(text: String, seconds: Int64) {
    #expect(Age(argument: text)?.duration == .seconds(seconds))
  }

  @Test(arguments: ["", "d", "30", "-1d", "1.5d", "30 d", "٣d", "1y", "5201w", "99999999999999999999s"])
  func `what is no age is refused`(text: String) {
    #expect(Age(argument: text) == nil)
  }

  @Test func `a worker's flags reach the worker`() throws {
    // When
    let flags = try WorkerOptions.parse([
      "--concurrency", "2", "--timeout", "3", "--stop-timeout", "4", "--grace", "5", "--retry-delay", "6", "--lease",
      "7", "--max-memory", "64", "--nice", "8", "--metrics-file", "m", "--log-level", "debug",
    ]).flags
    // Then
    #expect(flags.concurrency == 2)
    #expect([flags.timeout, flags.stopTimeout, flags.grace, flags.retryDelay, flags.lease] == [3, 4, 5, 6, 7])
    #expect(flags.maxMemory == 64)
    #expect(flags.nice == 8)
    #expect(flags.metricsFile == "m")
    #expect(flags.logLevel == "debug")
  }

  @Test func `a worker's flag out of bounds is a fault of usage`() {
    let error = #expect(throws: (any Error).self) { try WorkerOptions.parse(["--grace", "601"]) }
    guard let error else { return }
    #expect(WorkerOptions.exitCode(for: error) == .validationFailure)
    #expect(WorkerOptions.message(for: error) == "--grace must be 0 to 600 seconds.")
  }

  @Test(arguments: ["../up", "a/b", "", "-"]) func `what is no id of a run is refused by name`(text: String) {
    let error = #expect(throws: ValidationError.self) { try RunID.argument(text, "The run id") }
    #expect(error?.message.hasPrefix("The run id is '\(text)'; an id is ") == true)
  }

  @Test(arguments: [
    (["verify"], "Say which runs"), (["verify", "--all", "RUN"], "Say which runs"),
    (["retry"], "Name the runs to retry"), (["list", "--state", "done"], "--state is 'done'"),
    (["list", "--limit", "0"], "--limit must be 1 or more."), (["logs", "RUN", "--attempt", "0"], "--attempt must be"),
    (["drift", "RUN", "--other-root", "/"], "--other-root belongs to --against."),
    (["drift", "RUN", "--max-drift", "2"], "--max-drift is '2'"),
    (["drift", "RUN", "--price-tolerance", "-1"], "--price-tolerance must be 0 or more."),
    (["bars", "import", "-", "-", "--symbol", "A", "--timeframe", "M1"], "The standard input can be read once."),
    (["bars", "import", "A.csv"], "The instrument of 'A.csv' is not in its name"),
    (["diff", "A", "../B"], "The second run is '../B'"), (["replay", "../B"], "The run id is '../B'"),
  ])
  func `arguments that make no sense together are refused`(arguments: [String], words: String) {
    let error = #expect(throws: (any Error).self) { _ = try PrepaperCommand.parseAsRoot(arguments) }
    guard let error else { return }
    #expect(PrepaperCommand.exitCode(for: error) == .validationFailure)
    #expect(PrepaperCommand.message(for: error).contains(words), "\(PrepaperCommand.message(for: error))")
  }
}
