internal import Glibc
import PrepaperDomain

/// A file that stays the same one while it is open, whatever comes to stand at its path, as long as it was then.
final class OpenedFile: Sendable {
  /// Where it was opened.
  let path: String
  /// How many bytes it had when it was opened; what is appended later is not read.
  let count: Int
  private let descriptor: Int32

  /// Opens a file, or gives nil where there is none.
  ///
  /// - Throws: `RunError` with `symbol_unknown`.
  init?(_ path: String) throws(RunError) {
    descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    guard descriptor >= 0 else { throw failure(path) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let failure = failure(path)
      close(descriptor)
      throw failure
    }
    self.path = path
    count = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// The bytes in a range of the file.
  ///
  /// - Throws: `RunError` with `symbol_unknown`, or with `provider_unavailable` where the file is shorter by now.
  func read(_ range: Range<Int>) throws(RunError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var read = 0
    while read < bytes.count {
      let missing = bytes.count - read
      let count = unsafe bytes[read...].withUnsafeMutableBytes { rest in
        unsafe pread(descriptor, rest.baseAddress, missing, range.lowerBound + read)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      guard count > 0 else {
        throw RunError(.providerUnavailable, "cannot read \(path): it became shorter while it was read; try again")
      }
      read += count
    }
    return bytes
  }
}

private func failure(_ path: String) -> RunError {
  RunError(.symbolUnknown, "cannot read \(path): \(unsafe String(cString: strerror(errno)))")
}
