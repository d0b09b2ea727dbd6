import Foundation
import Glibc
import Synchronization
import Testing

/// Where processes stand until all of them are there; none of them spins meanwhile.
///
/// Each says so on one pipe, and then opens the other for reading: the kernel lets it wait until somebody opens that
/// for writing.
final class StartLine: Sendable {
  private let descriptors = Mutex<[Int32]>([])

  /// A line of that path, which opens once that many have said that they are there.
  init(_ path: String, runners: Int) throws {
    for name in ["ready", "start"] { try #require(unsafe mkfifo("\(path).\(name)", 0o600) == 0) }
    let ready = try hold("\(path).ready")
    Thread.detachNewThread { [self] in
      var byte: UInt8 = 0
      for _ in 0..<runners where unsafe read(ready, &byte, 1) != 1 { return }
      do {
        _ = try hold("\(path).start")
      } catch {
        Issue.record(error)
      }
    }
  }

  deinit {
    for descriptor in descriptors.withLock({ $0 }) { close(descriptor) }
  }

  /// Returns when all are there.
  static func wait(_ path: String) throws {
    let ready = unsafe open("\(path).ready", O_WRONLY)
    try #require(unsafe write(ready, "r", 1) == 1)
    let start = unsafe open("\(path).start", O_RDONLY)
    try #require(start >= 0)
    close(ready)
    close(start)
  }

  /// Opens a pipe for both directions, which never waits, as long as the line is there.
  private func hold(_ path: String) throws -> Int32 {
    let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
    try #require(descriptor >= 0)
    descriptors.withLock { $0.append(descriptor) }
    return descriptor
  }
}
