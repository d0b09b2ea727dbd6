internal import Glibc

/// Input of a process that is not yet written.
struct PendingInput {
  private var bytes: [UInt8] = []
  private var start = 0
  /// How many bytes were written.
  private(set) var written = 0
  /// Whether more may be added.
  var isOpen = true
  /// Whether no more will be added.
  var isComplete = false

  /// How many bytes wait.
  var pending: Int { bytes.count - start }

  mutating func append(_ more: [UInt8]) {
    if start > 0 {
      bytes.removeSubrange(..<start)
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// Writes until the pipe is full; false where nobody reads it any more.
  mutating func write(to descriptor: Int32) -> Bool {
    while pending > 0 {
      let count = unsafe bytes[start...].withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return true }
      guard count > 0 else { return false }
      start += count
      written += count
    }
    bytes.removeAll(keepingCapacity: true)
    start = 0
    return true
  }
}
