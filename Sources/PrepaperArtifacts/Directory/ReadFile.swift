import Glibc

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
