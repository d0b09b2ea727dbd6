internal import Glibc
import PrepaperDomain
internal import PrepaperProcesses

/// A socket beside the queue that others ring: one that waits for the queue owns it.
package final class Bell: Sendable {
  /// Its name in the directory beside the queue.
  package let name: String
  private let directory: Int32
  private let socket: Int32
  private let file: String

  /// Hangs a bell up in a directory that is there.
  ///
  /// - Parameter owner: a name that nobody else has: lower-case letters, digits and `.-`.
  /// - Throws: `RunError` with `cannot_write` or `disk_full`.
  package init(_ queue: QueueDirectory, owner: String) throws {
    file = "\(owner).bell"
    name = "bells/\(file)"
    directory = unsafe open(queue.bells, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw systemFailure("open", queue.bells) }
    socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard socket >= 0 else {
      let failure = systemFailure("open a socket in", queue.bells)
      close(directory)
      throw failure
    }
    let isBound = unsafe SocketAddress(directory: directory, name: file).use { unsafe bind(socket, $0, $1) } == 0
    guard isBound else {
      let failure = systemFailure("make socket", "\(queue.bells)/\(file)")
      close(socket)
      close(directory)
      throw failure
    }
  }

  deinit {
    takeDown()
    close(socket)
    close(directory)
  }

  /// Takes it down, so that nobody rings in vain.
  package func takeDown() {
    _ = unsafe unlinkat(directory, file, 0)
  }

  /// Calls each time that somebody rings, for as long as the process lives.
  package func listen(_ call: @escaping @Sendable () -> Void) {
    onThreadOfItsOwn { [self] in
      while true {
        if wait(upTo: nil) { call() }
      }
    }
  }

  /// Waits until somebody rings; says whether somebody did within the time.
  package func wait(upTo limit: Duration?) -> Bool {
    var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    let milliseconds = limit.map { Int32(clamping: Int64(($0 / .milliseconds(1)).rounded(.up))) } ?? -1
    guard unsafe poll(&polled, 1, milliseconds) > 0 else { return false }
    var byte: UInt8 = 0
    // Many rings are one.
    while unsafe recv(socket, &byte, 1, 0) >= 0 {}
    return true
  }
}
