import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue

/// `prepaper wait`: waits until runs have ended.
struct WaitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wait",
    abstract: "Wait until runs have ended.",
    discussion: """
      Exit codes: 0 succeeded, 1 failed, 3 no such run, 4 cancelled, 5 no signals; of several runs the worst: 1 before \
      4 before 5. 124 after --timeout, 130 and 143 when interrupted: the runs go on.
      """)

  @Argument(help: ArgumentHelp("The runs to wait for.", valueName: "run-id"))
  var runIds: [String]
  @Flag(help: "Wait only for the first that ends, and tell of that one.")
  var any = false
  @OptionGroup var wait: WaitOptions
  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let settings = try await Settings()
    let ids = try runIds.map { try RunID.argument($0, "run id") }
    let store = try queue.file(settings).open(holding: ids)
    let result = try await RunWait(for: ids, in: store, isAnyEnough: any, upTo: wait.limit).result()
    let colour = StateColour(environment: settings.environment)
    try answer.output.end(
      json: ["jobs": .array(result.runs.map { .object($0.json(store.directory)) })],
      failure: result.failure.map(CommandFailure.init), status: result.status
    ) { result.runs.map { $0.job.line(colour) }.joined(separator: "\n") }
  }
}
