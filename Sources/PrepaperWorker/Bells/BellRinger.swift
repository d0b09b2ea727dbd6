internal import Glibc

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
