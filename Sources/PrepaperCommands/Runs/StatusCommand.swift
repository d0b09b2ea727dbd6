import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperQueue

/// `prepaper status`: what became of runs, or how full the queue is.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what became of runs, or, without any, how full the queue is.",
    discussion: """
      Exit code 3 where one of the runs is not in the queue; the others are shown all the same.

      --watch shows each change, in place on a terminal and as a JSON line elsewhere, until all the runs have ended; \
      without runs until it is interrupted.
      """)

  @Argument(help: ArgumentHelp("The runs to show.", valueName: "run-id"))
  var runIds: [String] = []
  @Flag(help: "Show each change.")
  var watch = false
  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let settings = try await Settings()
    let ids = try runIds.map { try RunID.argument($0, "run id") }
    let store = try queue.file(settings).openExisting()
    if watch {
      try await keepShowing(ids, store, settings)
    } else if ids.isEmpty {
      let report = try StatusReport(queueAt: queue.file(settings).path, store)
      answer.output.print(json: report.json) { report.text }
    } else {
      try show(try StatusReport(of: ids, in: store, StateColour(environment: settings.environment)), settings)
    }
  }

  private func show(_ report: StatusReport, _ settings: Settings) throws {
    if !report.found.isEmpty { answer.output.print(json: report.json) { report.text } }
    guard report.missing.isEmpty else {
      let failure = missing(report.missing, settings)
      // What was found is on stdout already: one object is the answer.
      guard report.found.isEmpty else {
        answer.output.say("prepaper: \(failure.message)")
        throw ExitCode(failure.status.rawValue)
      }
      throw failure
    }
  }

  private func keepShowing(_ ids: [RunID], _ store: JobStore?, _ settings: Settings) async throws {
    let path = queue.file(settings).path
    guard let store else {
      guard ids.isEmpty else { throw missing(ids, settings) }
      throw CommandFailure("no_queue", "there is no queue \(path) to watch", .inputMissing)
    }
    let screen = StatusScreen(isJSON: answer.json, environment: settings.environment)
    let colour = StateColour(environment: settings.environment)
    do {
      // Also a disk that is full is to be seen, and nobody can write that to the queue.
      try await QueueWait(store, upTo: nil, looksAnyway: true).answer { () throws -> Void? in
        guard !ids.isEmpty else {
          screen.show(try StatusReport(queueAt: path, store))
          return nil
        }
        let report = try StatusReport(of: ids, in: store, colour)
        guard report.missing.isEmpty else { throw missing(report.missing, settings) }
        screen.show(report)
        return report.found.allSatisfy(\.state.isFinal) ? () : nil
      }
    } catch let end as WaitEnd {
      // A watch of the whole queue has no other end.
      guard !ids.isEmpty else { return }
      throw end.failure(try store.jobs(ids).filter { !$0.state.isFinal })
    }
  }

  private func missing(_ runIDs: [RunID], _ settings: Settings) -> CommandFailure {
    CommandFailure(
      JobStoreError.Code.noSuchRun.rawValue,
      "no run \(runIDs.map(\.description).joined(separator: ", ")) in the queue "
        + queue.file(settings).path, .noSuchRun)
  }
}
