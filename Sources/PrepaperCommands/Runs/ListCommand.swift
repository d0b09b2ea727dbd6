import ArgumentParser
import PrepaperApp
import PrepaperJSON
import PrepaperQueue

/// `prepaper list`: the jobs of the queue.
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the jobs of the queue, newest first.")

  @Option(
    help: ArgumentHelp(
      "Only jobs in this state: \(JobState.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "state"))
  var state: String?
  @Option(help: "How many at most.")
  var limit = 100
  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws {
    if let state, JobState(rawValue: state) == nil {
      throw ValidationError(
        "--state is '\(state)'; it must be one of \(JobState.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    guard limit > 0 else { throw ValidationError("--limit must be 1 or more.") }
  }

  func run() async throws {
    let store = try queue.file(try await Settings()).openExisting()
    let jobs = try store?.jobs(state: state.flatMap(JobState.init), limit: limit) ?? []
    answer.output.print(json: ["jobs": .array(jobs.map { .object($0.json) })]) {
      var table = Table(Job.headings)
      for job in jobs { table.add(job.row) }
      return table.text
    }
  }
}
