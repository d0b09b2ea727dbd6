internal import Glibc
package import Logging
import PrepaperDomain
internal import PrepaperProcesses
internal import Synchronization

/// Locks as files beside the queue.
package struct LockFiles: AttemptLocks {
  private let directory: QueueDirectory
  private let grace: Duration
  private let random: @Sendable () -> UInt64
  private let isTrusted: Bool

  /// Locks in a directory that is there.
  ///
  /// - Parameters:
  ///   - grace: how long a process that hangs may take to end before it is killed.
  ///   - random: another number each time, for names.
  ///   - isOnNetwork: whether the directory is on a network file system, where no lock is made or asked.
  package init(
    _ directory: QueueDirectory, grace: Duration, random: @escaping @Sendable () -> UInt64, isOnNetwork: Bool,
    logger: Logger
  ) {
    self.directory = directory
    self.grace = grace
    self.random = random
    isTrusted = !isOnNetwork
    if !isTrusted {
      logger.warning(
        """
        \(directory.path) is on a network file system, where locks tell nothing: a worker that dies is found out by \
        its lease alone
        """)
    }
  }

  package func make() throws -> (any AttemptLock)? {
    guard isTrusted else { return nil }
    while true {
      let name = "locks/\(String(random(), radix: 36)).lock"
      let path = directory.file(name)
      let descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o660)
      if descriptor < 0, errno == EEXIST { continue }
      guard descriptor >= 0 else { throw systemFailure("make lock", path) }
      // Somebody who tidies up may have been quicker: to hold it, or to hold it, remove it and let go.
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, isLinked(descriptor) else {
        close(descriptor)
        continue
      }
      return LockFile(name: name, path: path, descriptor: descriptor)
    }
  }

  private func isLinked(_ descriptor: Int32) -> Bool {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && status.st_nlink > 0
  }

  package func state(of name: String) -> LockState {
    guard isTrusted, let descriptor = open(name) else { return .unknown }
    defer { close(descriptor) }
    // Shared: several who ask at once must not take each other for the holder.
    if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return .free }
    return errno == EWOULDBLOCK ? .held : .unknown
  }

  package func whenFree(_ name: String, _ call: @escaping @Sendable () -> Void) {
    guard isTrusted, let descriptor = open(name) else { return }
    // The kernel wakes this thread when the last holder is dead: nobody has to look.
    onThreadOfItsOwn {
      while flock(descriptor, LOCK_SH) != 0, errno == EINTR {}
      close(descriptor)
      call()
    }
  }

  @discardableResult
  package func endHolders(of name: String) async -> Bool {
    guard let holder = AttemptProcess(ofLock: name, directory) else { return false }
    return await holder.end(grace: grace)
  }

  package func remove(_ name: String) {
    _ = unsafe unlink(directory.file(name))
  }

  package func tidy(keeping names: Set<String>) {
    for name in namesOfFiles(in: directory.locks).map({ "locks/\($0)" }) where !names.contains(name) {
      guard let descriptor = open(name) else { continue }
      // Whoever holds it is about to claim, or lives. One that is made this moment and not held yet is made again.
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { remove(name) }
      close(descriptor)
    }
  }

  private func open(_ name: String) -> Int32? {
    // Names come from rows that anybody in the group may write.
    guard LockName.isValid(name) else { return nil }
    let descriptor = unsafe Glibc.open(directory.file(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    return descriptor >= 0 ? descriptor : nil
  }
}

/// A locked file: the lock belongs to the open file, so a child that inherits the descriptor holds it too.
final class LockFile: AttemptLock {
  let name: String
  let descriptor: Int32
  private let path: String
  private let isReleased = Mutex(false)

  init(name: String, path: String, descriptor: Int32) {
    self.name = name
    self.path = path
    self.descriptor = descriptor
  }

  deinit { release() }

  func release() {
    isReleased.withLock { isReleased in
      guard !isReleased else { return }
      isReleased = true
      _ = unsafe unlink(path)
      close(descriptor)
    }
  }
}

/// What a lock may be called: a path is built from it.
enum LockName {
  static func isValid(_ name: String) -> Bool {
    guard name.hasPrefix("locks/"), name.hasSuffix(".lock") else { return false }
    let stem = name.utf8.dropFirst("locks/".utf8.count).dropLast(".lock".utf8.count)
    return !stem.isEmpty
      && stem.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (0x30...0x39).contains($0) }
  }
}
