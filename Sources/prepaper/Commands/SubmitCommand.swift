import ArgumentParser
import PrepaperDomain
import PrepaperQueue
import PrepaperWorker

/// `prepaper submit`: queues a run, durable when it answers.
struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Queue a run for a worker.",
    discussion: """
      The same run id with the same request gives the job that is there; with another request it is refused (exit 65) \
      and nothing changes. When this answers, the job survives a power cut.
      """)

  @OptionGroup var request: RequestOptions
  @Option(help: "Higher is claimed earlier.")
  var priority = 0
  @Option(help: "How often the run is tried before a transient failure is final.")
  var maxAttempts = 3
  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws {
    guard (1...1000).contains(maxAttempts) else { throw ValidationError("--max-attempts must be 1 to 1000.") }
    guard (-1_000_000...1_000_000).contains(priority) else {
      throw ValidationError("--priority must be -1000000 to 1000000.")
    }
  }

  func run() async throws {
    let settings = try await Settings()
    let root = try artifactsRootPath(flag: request.artifactsRoot, settings: settings)
    let store = try queue.open(settings)
    let submitted = try store.submit(
      request.request(artifactsRoot: root), JobOptions(priority: priority, maxTries: maxAttempts),
      now: SystemClock().now)
    BellRinger(QueueDirectory(queuePath: store.path)).ring()
    let job = submitted.job
    answer.output.print(json: ["created": .bool(submitted.created), "job": .object(job.json)]) {
      "\(job.request.runID)  \(job.state.rawValue)  \(submitted.created ? "submitted" : "was there already")"
    }
  }
}
