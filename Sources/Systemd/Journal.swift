internal import CSystemd
internal import Glibc

/// The system's journal, told entry by entry with fields of its own; `sd_journal_sendv(3)` is behind it.
package enum Journal {
  /// Whether what is written to standard error goes into the journal anyway, as `JOURNAL_STREAM` says.
  ///
  /// - Parameter stream: the variable's value, the device and the inode of the stream with a colon between.
  package static func takesStandardError(stream: String?) -> Bool {
    let parts = (stream ?? "").split(separator: ":").map(String.init)
    var status = stat()
    guard parts.count == 2, let device = UInt64(parts[0]), let inode = UInt64(parts[1]),
      unsafe fstat(STDERR_FILENO, &status) == 0
    else { return false }
    return UInt64(status.st_dev) == device && UInt64(status.st_ino) == inode
  }

  /// Sends one entry.
  ///
  /// - Parameter fields: names of A-Z, 0-9 and _, that begin with a letter, and their values of any length; `MESSAGE` and
  ///   `PRIORITY` (0 emergency … 7 debug) are among them.
  /// - Throws: `ServiceManagerError` when the journal does not take it.
  package static func send(_ fields: [(name: String, value: String)]) throws(ServiceManagerError) {
    var bytes: [UInt8] = []
    var lengths: [Int] = []
    for (name, value) in fields {
      let start = bytes.count
      bytes += "\(name)=\(value)".utf8
      lengths.append(bytes.count - start)
    }
    let result = unsafe bytes.withUnsafeMutableBytes { buffer in
      var start = 0
      let parts = unsafe lengths.map { length in
        defer { start += length }
        return unsafe iovec(iov_base: buffer.baseAddress.map { unsafe $0 + start }, iov_len: length)
      }
      return unsafe sd_journal_sendv(parts, Int32(parts.count))
    }
    guard result >= 0 else { throw ServiceManagerError(attempt: "write to the journal", code: -result) }
  }
}
