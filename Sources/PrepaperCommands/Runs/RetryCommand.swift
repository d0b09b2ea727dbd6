import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue

/// `prepaper retry`: queues ended runs again.
struct RetryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Queue ended runs again, with all their attempts.",
    discussion: """
      Failed and cancelled runs, and those that succeeded without signals. --force takes one that succeeded with \
      signals too: it must come to the same bytes, or it is refused.
      """)

  @Argument(help: ArgumentHelp("The runs to queue again.", valueName: "run-id"))
  var runIds: [String] = []
  @Flag(help: "Every failed run.")
  var failed = false
  @Flag(help: "Also runs that succeeded with signals.")
  var force = false
  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws {
    guard failed != !runIds.isEmpty else { throw ValidationError("Name the runs to retry, or give --failed.") }
  }

  func run() async throws {
    let settings = try await Settings()
    let ids = try runIds.map { try RunID.argument($0, "run id") }
    let now = SystemClock().now
    if failed {
      show(try queue.file(settings).openExisting()?.ringing { try $0.retryFailed(now: now) } ?? [])
    } else {
      show(try queue.file(settings).open(holding: ids).ringing { try $0.retry(ids, force: force, now: now) })
    }
  }

  private func show(_ jobs: [Job]) {
    answer.output.print(json: ["jobs": .array(jobs.map { .object($0.json) })]) {
      jobs.isEmpty
        ? "no failed runs"
        : jobs.map { "\($0.request.runID)  \($0.state.rawValue)" }.joined(separator: "\n")
    }
  }
}
