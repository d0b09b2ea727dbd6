internal import Glibc
import PrepaperDomain

/// A file that stays the same one while it is open, whatever comes to stand at its path, as long as it was then.
final class OpenedFile: Sendable {
  /// Where it was opened.
  let path: String
  /// How many bytes it had when it was opened; what is appended later is not read.
  let count: Int
  private let descriptor: Int32
  /// What came through a pipe, which can be read only once; nil of a file.
  private let piped: [UInt8]?

  /// Opens a file, or gives nil where there is none; what comes through a pipe is read at once.
  ///
  /// - Throws: `RunError` with `symbol_unknown`.
  init?(_ path: String) throws(RunError) {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    guard descriptor >= 0 else { throw cannotRead(path) }
    var status = stat()
    do throws(RunError) {
      guard unsafe fstat(descriptor, &status) == 0 else { throw cannotRead(path) }
      if status.st_mode & S_IFMT == S_IFREG {
        piped = nil
        count = Int(status.st_size)
      } else {
        var bytes: [UInt8] = []
        try readToEnd(descriptor, path) { bytes.append(contentsOf: $0) }
        piped = bytes
        count = bytes.count
      }
    } catch {
      close(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Whether it is no file but a pipe, from which nothing more can come.
  var isPipe: Bool { piped != nil }

  /// The bytes in a range of the file.
  ///
  /// - Throws: `RunError` with `symbol_unknown`, or with `provider_unavailable` where the file is shorter by now.
  func read(_ range: Range<Int>) throws(RunError) -> [UInt8] {
    if let piped { return Array(piped[range]) }
    var bytes = [UInt8](repeating: 0, count: range.count)
    var read = 0
    while read < bytes.count {
      let missing = bytes.count - read
      let count = unsafe bytes[read...].withUnsafeMutableBytes { rest in
        unsafe pread(descriptor, rest.baseAddress, missing, range.lowerBound + read)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw cannotRead(path) }
      guard count > 0 else {
        throw RunError(.providerUnavailable, "cannot read \(path): it became shorter while it was read; try again")
      }
      read += count
    }
    return bytes
  }
}

/// Reads a descriptor to its end, piece by piece.
///
/// - Parameter path: the name that an error has.
/// - Throws: `RunError` with `symbol_unknown`, or what `body` throws.
func readToEnd(
  _ descriptor: Int32, _ path: String, _ body: (ArraySlice<UInt8>) throws(RunError) -> Void
) throws(RunError) {
  var piece = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    let count = unsafe read(descriptor, &piece, piece.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw cannotRead(path) }
    if count == 0 { return }
    try body(piece[..<count])
  }
}

/// That a file cannot be read, in the system's words.
func cannotRead(_ path: String) -> RunError {
  RunError(.symbolUnknown, "cannot read \(path): \(unsafe String(cString: strerror(errno)))")
}
