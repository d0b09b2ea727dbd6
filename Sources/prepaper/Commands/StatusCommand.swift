import ArgumentParser
import PrepaperDomain
import PrepaperQueue
import PrepaperWorker

/// `prepaper status`: what became of runs, or how full the queue is.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what became of runs, or, without any, how full the queue is.",
    discussion: "Exit code 3 where one of the runs is not in the queue; the others are shown all the same.")

  @Argument(help: ArgumentHelp("The runs to show.", valueName: "run-id"))
  var runIds: [String] = []
  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let settings = try await Settings()
    let ids = try runIds.map { try RunID.argument($0, "run id") }
    let store = try queue.openExisting(settings)
    if ids.isEmpty {
      showOverview(try store?.overview(), settings)
    } else {
      try show(ids, store, settings)
    }
  }

  private func show(_ ids: [RunID], _ store: JobStore?, _ settings: Settings) throws {
    var found: [JobDetails] = []
    var missing: [RunID] = []
    for id in ids {
      do {
        guard let store else { missing.append(id); continue }
        found.append(try store.details(id))
      } catch let error as JobStoreError where error.code == .noSuchRun {
        missing.append(id)
      }
    }
    let colour = StateColour(environment: settings.environment)
    let directory = QueueDirectory(queuePath: settings.queuePath(flag: queue.queueDb))
    if !found.isEmpty || (answer.json && missing.isEmpty) {
      answer.output.print(
        json: [
          "jobs": .array(found.map { .object($0.json(directory)) }),
          "missing": .array(missing.map { .string($0.description) }),
        ]
      ) { found.map { $0.text(colour) }.joined(separator: "\n\n") }
    }
    guard missing.isEmpty else {
      let failure = CommandFailure(
        JobStoreError.Code.noSuchRun.rawValue,
        "no run \(missing.map(\.description).joined(separator: ", ")) in the queue "
          + settings.queuePath(flag: queue.queueDb), .noSuchRun)
      // What was found is on stdout already: one object is the answer.
      guard found.isEmpty else {
        answer.output.say("prepaper: \(failure.message)")
        throw ExitCode(failure.status.rawValue)
      }
      throw failure
    }
  }

  private func showOverview(_ overview: QueueOverview?, _ settings: Settings) {
    let counts = JobState.allCases.map { ($0, overview?.counts[$0] ?? 0) }
    answer.output.print(
      json: [
        "queue_db": .string(settings.queuePath(flag: queue.queueDb)),
        "counts": .object(
          Dictionary(uniqueKeysWithValues: counts.map { ($0.rawValue, .integer(Int64($1))) })),
        "oldest_queued_since": overview?.oldestQueuedSince.map { .string($0.rfc3339) } ?? .null,
        "next_run_at": overview?.nextRunAt.map { .string($0.rfc3339) } ?? .null,
      ]
    ) {
      var table = Table([])
      for (state, count) in counts { table.add([state.rawValue, "\(count)"]) }
      if let oldest = overview?.oldestQueuedSince { table.add(["oldest since", oldest.rfc3339]) }
      if let next = overview?.nextRunAt { table.add(["next due", next.rfc3339]) }
      return table.text
    }
  }
}
