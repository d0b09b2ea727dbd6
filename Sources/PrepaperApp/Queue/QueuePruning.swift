import Foundation
import Glibc
import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperQueue
import PrepaperWorker

/// Takes runs that ended long ago out of a queue, with what they have left.
package struct QueuePruning {
  /// How much is gone, or would be.
  package struct Count: Hashable, Sendable {
    /// Runs.
    package var jobs = 0
    /// Logs of attempts.
    package var logs = 0
    /// Directories of published files.
    package var directories = 0

    /// Nothing.
    package init() {}
  }

  private let store: JobStore
  private let before: UTCTimestamp
  private let takesPublished: Bool
  private let roots: AllowedRoots

  /// A pruning that has not begun yet.
  ///
  /// - Parameters:
  ///   - before: the runs are those that ended earlier.
  ///   - takesPublished: whether their published files go too, below the roots that the operator allows.
  package init(of store: JobStore, endedBefore before: UTCTimestamp, takesPublished: Bool, _ settings: Settings) {
    self.store = store
    self.before = before
    self.takesPublished = takesPublished
    roots = AllowedRoots(settings.allowedRoots)
  }

  /// How much there is to take.
  ///
  /// - Throws: `SQLiteFailure`.
  package func prunable() throws -> Count {
    let prunable = try store.prunable(endedBefore: before)
    var count = Count()
    count.jobs = prunable.jobs
    count.logs = prunable.attempts
    count.directories = takesPublished ? prunable.published : 0
    return count
  }

  /// Takes it; a run whose files cannot be removed stays.
  ///
  /// - Throws: `AppError` with `cannotWrite`, `RunError` for a root that is not allowed, `SQLiteFailure`.
  package func prune() throws -> Count {
    var count = Count()
    count.jobs = try store.ringing { store in
      try store.prune(endedBefore: before) { job in
        for log in job.logs where try removeLog(store.directory.log(log)) { count.logs += 1 }
        if takesPublished, try removePublished(job) { count.directories += 1 }
      }
    }
    return count
  }

  private func removeLog(_ path: String) throws -> Bool {
    if unsafe unlink(path) == 0 { return true }
    guard errno == ENOENT else {
      throw AppError(
        RunErrorCode.cannotWrite.rawValue,
        "cannot remove the log \(path): \(unsafe String(cString: strerror(errno))); its run stays in the queue",
        .cannotWrite)
    }
    return false
  }

  private func removePublished(_ job: PrunedJob) throws -> Bool {
    let root = ArtifactsRoot(path: job.artifactsRoot)
    guard job.isPublished, FileManager.default.fileExists(atPath: root.runDirectory(job.runID)) else { return false }
    try roots.check(job.artifactsRoot)
    try root.removePublished(job.runID)
    return true
  }
}
