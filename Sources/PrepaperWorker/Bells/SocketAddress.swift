internal import Glibc

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
