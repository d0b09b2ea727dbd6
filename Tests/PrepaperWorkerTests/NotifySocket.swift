import Glibc
import PrepaperTestSupport
import Testing

/// The service manager's end of `NOTIFY_SOCKET`, for a child process that is a test of its own.
struct NotifySocket: ~Copyable {
  private let directory: TemporaryDirectory
  private let descriptor: CInt

  /// Binds a socket, and sets the variable of this process to it.
  init() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/notify"
    descriptor = try Self.bind(to: path)
    self.directory = directory
    unsafe setenv("NOTIFY_SOCKET", path, 1)
  }

  deinit {
    close(descriptor)
  }

  /// The datagrams that wait, oldest first; a sent one is there as soon as the sender's call is over.
  borrowing func received() -> [String] {
    var datagrams: [String] = []
    var bytes = [UInt8](repeating: 0, count: 8_192)
    while true {
      let count = unsafe recv(descriptor, &bytes, bytes.count, CInt(MSG_DONTWAIT))
      guard count >= 0 else { return datagrams }
      datagrams.append(String(decoding: bytes.prefix(count), as: UTF8.self))
    }
  }

  private static func bind(to path: String) throws -> CInt {
    let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let status = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe Glibc.bind(descriptor, $0, size) }
    }
    try #require(status == 0)
    return descriptor
  }
}
