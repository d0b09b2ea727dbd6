internal import Glibc
import PrepaperDomain
internal import PrepaperProcesses

/// Wakes whoever waits for the queue: workers and those who watch runs.
///
/// It changes how soon something happens, never what.
package protocol Doorbell: Sendable {
  /// Rings, after a commit; nobody need hear it.
  func ring()
}

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

/// Rings every bell beside a queue.
package struct BellRinger: Doorbell {
  private let queue: QueueDirectory

  /// A ringer of the bells beside a queue; where there are none, nobody hears.
  package init(_ queue: QueueDirectory) {
    self.queue = queue
  }

  package func ring() {
    guard let names = unsafe opendir(queue.bells) else { return }
    defer { unsafe closedir(names) }
    let directory = unsafe dirfd(names)
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard socket >= 0 else { return }
    defer { close(socket) }
    while let entry = unsafe readdir(names) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".bell") { ring(name, in: directory, through: socket) }
    }
  }

  private func ring(_ name: String, in directory: Int32, through socket: Int32) {
    var byte: UInt8 = 1
    let sent = unsafe SocketAddress(directory: directory, name: name).use { address, length in
      unsafe sendto(socket, &byte, 1, Int32(MSG_NOSIGNAL), address, length)
    }
    // Nobody is behind it any more: its owner was killed.
    if sent < 0, errno == ECONNREFUSED { _ = unsafe unlinkat(directory, name, 0) }
  }
}

/// The address of a socket in a directory that is open.
///
/// A path longer than the 107 bytes that an address holds works too: the kernel goes by the descriptor.
struct SocketAddress {
  private var address = sockaddr_un()

  init(directory descriptor: Int32, name: String) {
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array("/proc/self/fd/\(descriptor)/\(name)".utf8)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { bytes in
      unsafe bytes.copyBytes(from: path.prefix(bytes.count - 1))
    }
  }

  /// Calls with the address as the kernel wants it.
  func use<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
    unsafe withUnsafePointer(to: address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
