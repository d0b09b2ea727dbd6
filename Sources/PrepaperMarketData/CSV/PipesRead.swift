import Synchronization

/// What came through pipes in the place of files: a pipe gives its bytes once, but may be asked for again.
final class PipesRead: Sendable {
  private let pipes = Mutex<[String: OpenedFile]>([:])

  /// What came through the pipe at a path, if something did.
  subscript(path: String) -> OpenedFile? { pipes.withLock { $0[path] } }

  /// Keeps what came through a pipe; a file is not kept, as it can be opened anew.
  func keep(_ file: OpenedFile) {
    if file.isPipe { pipes.withLock { $0[file.path] = file } }
  }
}
