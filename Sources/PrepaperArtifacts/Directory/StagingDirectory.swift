internal import Glibc
package import PrepaperDomain

/// The files of one attempt before anybody may see them: written, made durable, then published in one rename.
///
/// The directory is locked while it is in use, so that what a crashed attempt left can be told from what another
/// process is writing.
package final class StagingDirectory: Sendable {
  private let root: ArtifactsRoot
  private let runID: RunID
  private let attempt: Int64
  private let path: String
  private let lock: Int32

  /// Makes an empty staging directory; what a crashed attempt left there goes first.
  ///
  /// - Parameter attempt: the attempt's number, 0 for a run outside the queue.
  /// - Throws: `RunError` with `cannot_write`, `disk_full`, or `store_busy` where another process is writing there.
  package init(root: ArtifactsRoot, runID: RunID, attempt: Int64) throws(RunError) {
    self.root = root
    self.runID = runID
    self.attempt = attempt
    path = root.stagingDirectory(runID, attempt: attempt)
    try makeDirectory("\(root.path)/prepaper")
    try makeDirectory(root.staging)
    files = try ArtifactDirectory(path: path)
    // A link here is refused: what is behind it would be removed.
    lock = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard lock >= 0 else { throw fileFailure("open", path) }
    // From here on an error closes the lock too: everything has its value, so `deinit` runs.
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      throw RunError(.storeBusy, "another process is writing \(path); wait until it is done")
    }
    try removeContents(of: path)
    try removeLeftBehind()
  }

  deinit {
    close(lock)
  }

  /// The directory that files are written into; `seal` makes them durable.
  package let files: ArtifactDirectory

  /// Makes all files and the directory itself durable: from here on a publication survives a power cut.
  ///
  /// - Throws: `RunError` with `cannot_write` or `disk_full`.
  package func seal() throws(RunError) {
    try syncTree(path)
  }

  /// The directory, ready to be published.
  package var staged: StagedDirectory { StagedDirectory(root: root, runID: runID, attempt: attempt) }

  /// Removes what earlier attempts of the run left, so that none of them can be published any more.
  ///
  /// An attempt of the queue is over when a later one has begun, whatever it still holds. A run outside the queue may
  /// be under way: its lock tells.
  private func removeLeftBehind() throws(RunError) {
    guard attempt > 0 else { return }
    for name in try names(in: root.staging) where name.hasPrefix("\(runID).") {
      let number = name.dropFirst(runID.description.count + 1).prefix { $0 != "." }
      guard let other = Int64(number), other < attempt else { continue }
      if other == 0, Self.isLocked("\(root.staging)/\(name)") { continue }
      try root.discardStaging(runID, attempt: other)
    }
  }

  private static func isLocked(_ path: String) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }
}
