internal import CLinux
internal import Glibc

/// Bytes that a program reads as its standard input: as many as memory holds, and nobody waits for it to read them.
///
/// They are a file in memory that nobody can change any more. Whoever makes it closes it, once the program is started.
package struct SealedInput: Sendable {
  /// Where they are read from, beginning with the first.
  package let descriptor: Int32

  /// The input of a program.
  package init(_ bytes: [UInt8], to program: String) throws(ProcessStartFailure) {
    descriptor = unsafe memfd_create("input", UInt32(LINUX_MFD_CLOEXEC | LINUX_MFD_ALLOW_SEALING))
    guard descriptor >= 0 else { throw ProcessStartFailure(program: program, code: errno) }
    var written = 0
    while written < bytes.count {
      // Not by `write`: the place from which the program reads must stay at the beginning.
      let count = unsafe bytes[written...].withUnsafeBytes {
        unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(written))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(program, errno) }
      written += count
    }
    let seals = LINUX_F_SEAL_WRITE | LINUX_F_SEAL_GROW | LINUX_F_SEAL_SHRINK
    guard fcntl(descriptor, Int32(LINUX_F_ADD_SEALS), Int32(seals | LINUX_F_SEAL_SEAL)) == 0 else {
      throw failure(program, errno)
    }
  }

  private func failure(_ program: String, _ code: Int32) -> ProcessStartFailure {
    close(descriptor)
    // Where a file in memory has no room, memory has none.
    return ProcessStartFailure(program: program, code: code == ENOSPC ? ENOMEM : code)
  }
}
