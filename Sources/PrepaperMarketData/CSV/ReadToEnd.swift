internal import Glibc
import PrepaperDomain

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
