import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperJSON

/// `prepaper queue prune`: forgets runs that ended long ago.
struct QueuePruneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Take runs that ended long ago out of the queue, with their logs.",
    discussion: """
      Their run ids are free again. Signals stay in their store, and the published files where they are, unless \
      --artifacts is given. Workers may go on meanwhile.
      """)

  @Option(
    help: ArgumentHelp(
      "Runs that ended longer ago than this: a number and s, m, h, d or w, like 30d.", valueName: "age"))
  var olderThan: Age
  @Flag(help: "Remove the published files of the runs too.")
  var artifacts = false
  @Flag(help: "Only tell how many there are.")
  var dryRun = false
  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let settings = try await Settings()
    let store = try queue.file(settings).openExisting()
    let before = SystemClock().now - olderThan.duration
    let pruning = store.map { QueuePruning(of: $0, endedBefore: before, takesPublished: artifacts, settings) }
    let pruned = try (dryRun ? pruning?.prunable() : pruning?.prune()) ?? QueuePruning.Count()
    answer.output.print(json: [
      "dry_run": .bool(dryRun), "ended_before": .string(before.rfc3339), "jobs": .integer(Int64(pruned.jobs)),
      "logs": .integer(Int64(pruned.logs)), "run_directories": .integer(Int64(pruned.directories)),
    ]) {
      "\(dryRun ? "would remove" : "removed") \(pruned.jobs) runs, \(pruned.logs) logs, "
        + "\(pruned.directories) directories of published files"
    }
  }
}
