internal import CLinux
internal import Glibc
package import PrepaperDomain

/// The files of one attempt before anybody may see them: written, made durable, then published in one rename.
///
/// The directory is locked while it is in use, so that what a crashed attempt left can be told from what another
/// process is writing.
package final class StagingDirectory: Sendable {
  private let root: ArtifactsRoot
  private let runID: RunID
  private let path: String
  private let lock: Int32

  /// Makes an empty staging directory; what a crashed attempt left there goes first.
  ///
  /// - Parameter attempt: the attempt's number, 0 for a run outside the queue.
  /// - Throws: `RunError` with `cannot_write`, `disk_full`, or `store_busy` where another process is writing there.
  package init(root: ArtifactsRoot, runID: RunID, attempt: Int64) throws(RunError) {
    self.root = root
    self.runID = runID
    path = root.stagingDirectory(runID, attempt: attempt)
    try makeDirectory("\(root.path)/prepaper")
    try makeDirectory("\(root.path)/prepaper/.staging")
    try makeDirectory(path)
    // A link here is refused: what is behind it would be removed.
    lock = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard lock >= 0 else { throw fileFailure("open", path) }
    // From here on an error closes the lock too: everything has its value, so `deinit` runs.
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      throw RunError(.storeBusy, "another process is writing \(path); wait until it is done")
    }
    try removeContents(of: path)
    try removeLeftBehind(butNot: attempt)
  }

  deinit {
    close(lock)
  }

  /// Writes a file and makes its bytes durable.
  ///
  /// The path is relative and its directories are made.
  ///
  /// - Throws: `RunError` with `cannot_write` or `disk_full`.
  package func write(_ bytes: [UInt8], to file: String) throws(RunError) -> ArtifactFile {
    let target = "\(path)/\(file)"
    for slash in file.indices where file[slash] == "/" { try makeDirectory("\(path)/\(file[..<slash])") }
    let descriptor = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw fileFailure("create", target) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw fileFailure("write", target) }
      written += count
    }
    guard fsync(descriptor) == 0 else { throw fileFailure("sync", target) }
    return ArtifactFile(path: file, bytes: bytes.count, sha256: sha256Hex(bytes))
  }

  /// Makes the directory itself durable: from here on a publication survives a power cut.
  ///
  /// - Throws: `RunError` with `cannot_write` or `disk_full`.
  package func seal() throws(RunError) {
    for name in try names(in: path) { try syncDirectory("\(path)/\(name)") }
    try syncDirectory(path)
  }

  /// Puts the directory into its place in one step, where an older run may stand; returns its path there.
  ///
  /// A reader sees the whole older run or the whole new one. It can be repeated after a crash by staging again.
  ///
  /// - Throws: `RunError` with `cannot_write` or `disk_full`.
  package func publish() throws(RunError) -> String {
    let target = root.runDirectory(runID)
    if unsafe rename(path, target) != 0 {
      guard errno == ENOTEMPTY || errno == EEXIST else { throw fileFailure("publish", target) }
      guard unsafe renameat2(AT_FDCWD, path, AT_FDCWD, target, UInt32(LINUX_RENAME_EXCHANGE)) == 0 else {
        throw fileFailure("exchange the older run at", target)
      }
      try syncDirectory("\(root.path)/prepaper")
      // The older run is in staging now, unlocked: whoever comes first removes it.
      try discard()
    }
    for directory in [root.path, "\(root.path)/prepaper", "\(root.path)/prepaper/.staging"] {
      try syncDirectory(directory)
    }
    return target
  }

  /// Removes the directory and what is in it: nothing of this attempt stays.
  ///
  /// - Throws: `RunError` with `cannot_write`.
  package func discard() throws(RunError) {
    try removeContents(of: path)
    guard unsafe rmdir(path) == 0 || errno == ENOENT else { throw fileFailure("remove", path) }
  }

  /// Removes what other attempts of the run left when they crashed; one that still writes holds its lock, and stays.
  private func removeLeftBehind(butNot attempt: Int64) throws(RunError) {
    let staging = "\(root.path)/prepaper/.staging"
    for name in try names(in: staging) where name.hasPrefix("\(runID).") {
      guard let other = Int64(name.dropFirst(runID.description.count + 1)), other != attempt else { continue }
      let left = "\(staging)/\(name)"
      let descriptor = unsafe open(left, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
      try removeContents(of: left)
      guard unsafe rmdir(left) == 0 || errno == ENOENT else { throw fileFailure("remove", left) }
    }
  }
}
