import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue

/// `prepaper cancel`: ends runs before their time.
struct CancelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Cancel runs that wait or run: all of them, or none.",
    discussion: """
      One that waits is cancelled at once, with those that were to run after it. One that runs is asked to stop: \
      'wait' tells when it has. The request is kept, whatever becomes of the worker. A run that has ended is refused \
      (exit 65), and then nothing is cancelled; 'retry' queues a cancelled run again.
      """)

  @Argument(help: ArgumentHelp("The runs to cancel.", valueName: "run-id"))
  var runIds: [String]
  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let ids = try runIds.map { try RunID.argument($0, "run id") }
    let store = try queue.file(try await Settings()).open(holding: ids)
    let jobs = try store.ringing { try $0.cancel(ids, now: SystemClock().now) }
    answer.output.print(json: ["jobs": .array(jobs.map { .object($0.json) })]) {
      jobs.map { job in
        let isAsked = job.cancelRequestedAt != nil
        return "\(job.request.runID)  \(job.state.rawValue)\(isAsked ? "  cancel requested" : "")"
      }.joined(separator: "\n")
    }
  }
}
