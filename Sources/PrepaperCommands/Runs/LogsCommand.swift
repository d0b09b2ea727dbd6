import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperWorker

/// `prepaper logs`: what the attempts of a run have said.
struct LogsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract: "Show the log of a run's last attempt.",
    discussion: """
      -f goes on until the run has ended, from one attempt to the next. Exit code 3 without such a run, 66 where the \
      log is gone or there is none yet. With --json each object has whole lines as its text, with -f one object after \
      the other.
      """)

  @Argument(help: ArgumentHelp("The run.", valueName: "run-id"))
  var runId: String
  @Flag(name: .shortAndLong, help: "Go on until the run has ended.")
  var follow = false
  @Option(help: ArgumentHelp("Another attempt than the last.", valueName: "number"))
  var attempt: Int64?
  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  mutating func validate() throws {
    guard attempt ?? 1 >= 1 else { throw ValidationError("--attempt must be 1 or more.") }
  }

  func run() async throws {
    let id = try RunID.argument(runId, "run id")
    let store = try queue.file(try await Settings()).open(holding: [id])
    let details = try store.details(id)
    guard follow else { return try show(details, store) }
    let follower = LogFollower(
      store, id, from: attempt ?? details.attempts.last?.number ?? 1, isOne: attempt != nil
    ) { print($0, $1, of: id, in: store) }
    do {
      _ = try await QueueWait(store, upTo: nil, pause: .milliseconds(200), looksAnyway: true).answer(follower.step)
    } catch let end as WaitEnd {
      throw end.failure(try store.jobs([id]))
    }
  }

  private func show(_ details: JobDetails, _ store: JobStore) throws {
    let (shown, text) = try store.log(of: details, attempt: attempt)
    print(shown, text, of: details.job.request.runID, in: store)
  }

  private func print(_ attempt: Attempt, _ text: [UInt8], of runID: RunID, in store: JobStore) {
    guard answer.json else { return answer.output.write(text) }
    answer.output.print(json: [
      "run_id": .string(runID.description), "attempt": .integer(attempt.number),
      "log": .string(store.directory.file(attempt.log)), "text": .string(String(decoding: text, as: UTF8.self)),
    ]) { "" }
  }
}
