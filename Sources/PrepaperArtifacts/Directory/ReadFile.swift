import Glibc
import PrepaperDomain

/// The number of a failed system call.
struct ErrorNumber: Error {
  let value: Int32
}

/// The bytes of a whole file.
func readFile(_ path: String) throws(ErrorNumber) -> [UInt8] {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw ErrorNumber(value: errno) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = unsafe read(descriptor, &chunk, chunk.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw ErrorNumber(value: errno) }
    if count == 0 { return bytes }
    bytes.append(contentsOf: chunk[..<count])
  }
}

/// The bytes of a whole file, or nil where there is none.
///
/// - Throws: `RunError` with `cannot_write` where it is there and cannot be read.
func bytesOfFile(_ path: String) throws(RunError) -> [UInt8]? {
  do {
    return try readFile(path)
  } catch let code {
    guard code.value == ENOENT || code.value == ENOTDIR else { throw fileFailure("read", path, errno: code.value) }
    return nil
  }
}
