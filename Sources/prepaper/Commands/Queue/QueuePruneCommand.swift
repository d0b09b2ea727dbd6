import ArgumentParser
import Foundation
import Glibc
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperWorker

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
    let store = try queue.openExisting(settings)
    let before = SystemClock().now - olderThan.duration
    var pruned = Pruned()
    if let store, dryRun {
      let prunable = try store.prunable(endedBefore: before)
      pruned = Pruned(jobs: prunable.jobs, logs: prunable.attempts, directories: artifacts ? prunable.published : 0)
    } else if let store {
      let roots = AllowedRoots(settings.allowedRoots)
      pruned.jobs = try store.ringing { store in
        try store.prune(endedBefore: before) { job in
          for log in job.logs where try removeLog(store.directory.log(log)) { pruned.logs += 1 }
          if artifacts, try removePublished(job, roots) { pruned.directories += 1 }
        }
      }
    }
    answer.output.print(json: [
      "dry_run": .bool(dryRun), "ended_before": .string(before.rfc3339), "jobs": .integer(Int64(pruned.jobs)),
      "logs": .integer(Int64(pruned.logs)), "run_directories": .integer(Int64(pruned.directories)),
    ]) {
      "\(dryRun ? "would remove" : "removed") \(pruned.jobs) runs, \(pruned.logs) logs, "
        + "\(pruned.directories) directories of published files"
    }
  }

  private struct Pruned {
    var jobs = 0
    var logs = 0
    var directories = 0
  }

  private func removeLog(_ path: String) throws -> Bool {
    if unsafe unlink(path) == 0 { return true }
    guard errno == ENOENT else {
      throw CommandFailure(
        RunErrorCode.cannotWrite.rawValue,
        "cannot remove the log \(path): \(unsafe String(cString: strerror(errno))); its run stays in the queue",
        .cannotWrite)
    }
    return false
  }

  /// Removes what a run has published, below the roots that the operator allows.
  private func removePublished(_ job: PrunedJob, _ roots: AllowedRoots) throws -> Bool {
    let root = ArtifactsRoot(path: job.artifactsRoot)
    guard job.isPublished, FileManager.default.fileExists(atPath: root.runDirectory(job.runID)) else { return false }
    try roots.check(job.artifactsRoot)
    try root.removePublished(job.runID)
    return true
  }
}
