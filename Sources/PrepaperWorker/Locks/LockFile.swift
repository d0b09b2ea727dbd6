internal import Glibc
internal import Synchronization

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
