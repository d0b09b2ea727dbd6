internal import CLinux
internal import Glibc
package import PrepaperDomain

/// An attempt's files, durable in staging: to be published in one rename, or discarded.
///
/// Both can be done by another process than the one that has written them, and again after a crash.
package struct StagedDirectory: Hashable, Sendable {
  private let root: ArtifactsRoot
  private let runID: RunID
  private let attempt: Int64

  /// The staged files of an attempt; 0 is a run outside the queue.
  package init(root: ArtifactsRoot, runID: RunID, attempt: Int64) {
    self.root = root
    self.runID = runID
    self.attempt = attempt
  }

  /// Puts the directory into its place in one step, where an older run may stand; returns its path there.
  ///
  /// A reader sees the whole older run or the whole new one.
  ///
  /// - Throws: `RunError` with `cannot_write` or `disk_full`; `worker_lost` where somebody has discarded the files.
  package func publish() throws(RunError) -> String {
    let path = root.stagingDirectory(runID, attempt: attempt)
    let target = root.runDirectory(runID)
    if unsafe rename(path, target) != 0 {
      guard errno == ENOTEMPTY || errno == EEXIST else { throw failure("publish", target) }
      guard unsafe renameat2(AT_FDCWD, path, AT_FDCWD, target, UInt32(LINUX_RENAME_EXCHANGE)) == 0 else {
        throw failure("exchange the older run at", target)
      }
      try syncDirectory("\(root.path)/prepaper")
      // The older run is in staging now: whoever comes first removes it.
      try discard()
    }
    for directory in [root.path, "\(root.path)/prepaper", root.staging] { try syncDirectory(directory) }
    return target
  }

  /// Keeps the files for reading, where nobody takes them for a run; returns their path there.
  ///
  /// What an earlier attempt of the run left there goes.
  ///
  /// - Throws: `RunError` with `cannot_write`.
  package func setAside() throws(RunError) -> String {
    let path = root.stagingDirectory(runID, attempt: attempt)
    let target = root.asideDirectory(runID)
    try makeDirectory("\(root.path)/prepaper/.aside")
    try root.removeAside(runID)
    guard unsafe rename(path, target) == 0 else { throw failure("set aside", target) }
    return target
  }

  /// Removes the directory and what is in it: nothing of this attempt stays.
  ///
  /// - Throws: `RunError` with `cannot_write`.
  package func discard() throws(RunError) {
    try root.discardStaging(runID, attempt: attempt)
  }

  private func failure(_ action: String, _ target: String) -> RunError {
    guard errno != ENOENT else {
      return RunError(
        .workerLost, "the staged files of run \(runID) are gone: another worker took attempt \(attempt) for dead")
    }
    return fileFailure(action, target)
  }
}
