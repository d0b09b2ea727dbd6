internal import Glibc

/// The process that runs an attempt, and everything that it has started: found again by whoever must end it.
///
/// The process writes its id and its start into its lock file. What it starts is known by a variable in its
/// environment that names the lock, or where there is none the attempt, also where it has left the process group.
package struct AttemptProcess: Sendable {
  /// The variable in the environment of an attempt's processes.
  package static let variable = "PREPAPER_ATTEMPT_LOCK"

  private let processID: Int32?
  private let startTime: UInt64?
  private let mark: String

  /// The process of this process's own child.
  init(processID: Int32, mark: String) {
    self.processID = processID
    startTime = ProcessTable.startTime(of: processID)
    self.mark = mark
  }

  /// The process that has written its name into a lock, or nil where the lock cannot be read.
  init?(ofLock name: String, _ directory: QueueDirectory) {
    guard LockName.isValid(name) else { return nil }
    let descriptor = unsafe open(directory.file(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = unsafe read(descriptor, &bytes, bytes.count)
    let words = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(whereSeparator: \.isWhitespace)
    // One that has not written its name yet has done nothing yet, and is found by its variable.
    processID = words.first.flatMap { Int32($0) }
    startTime = words.count > 1 ? UInt64(words[1]) : nil
    mark = name
  }

  /// What a process writes into its lock file.
  static func name(of processID: Int32) -> String { "\(processID) \(ProcessTable.startTime(of: processID) ?? 0)\n" }

  /// Ends all of it: asks first, and kills what is still there after the grace.
  ///
  /// - Returns: whether all of it is gone; a process that waits within the kernel outlives even a kill for a while.
  func end(grace: Duration) async -> Bool {
    guard signal(SIGTERM) else { return true }
    // A process that is stopped takes a signal only when it goes on.
    signal(SIGCONT)
    if await isGone(within: grace) { return true }
    signal(SIGKILL)
    // Dead is dead only when the kernel has closed its files: the lock is free then.
    return await isGone(within: .seconds(5))
  }

  /// Whether all of it goes within a time; a task that is cancelled waits no more.
  private func isGone(within limit: Duration) async -> Bool {
    let look = Duration.milliseconds(20)
    var waited = Duration.zero
    while signal(0) {
      guard waited < limit else { return false }
      do { try await Task.sleep(for: look) } catch { return !signal(0) }
      waited += look
    }
    return true
  }

  /// Sends a signal to the group, and to whatever of the attempt is outside of it; whether there is anybody that has
  /// not ended.
  @discardableResult
  func signal(_ number: Int32) -> Bool {
    var isAnybodyThere = false
    // The id alone may belong to somebody else by now.
    if let processID, processID > 1, let startTime, ProcessTable.startTime(of: processID) == startTime {
      // A worker that is stopped cannot take notice of the end of its child.
      isAnybodyThere = kill(-processID, number) == 0 && !ProcessTable.hasEnded(processID)
    }
    let assignment = "\(Self.variable)=\(mark)"
    for other in ProcessTable.all where other != getpid() && other != processID {
      if ProcessTable.hasVariable(assignment, other), kill(other, number) == 0 { isAnybodyThere = true }
    }
    return isAnybodyThere
  }
}
