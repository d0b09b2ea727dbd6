internal import CLinux
internal import Glibc
internal import PrepaperDomain

/// Ends the wait of a thread that polls.
final class WakeUp: Sendable {
  /// What the thread polls.
  let descriptor: Int32
  private let ringer: Int32

  init() throws(RunError) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else { throw startFailure("a program", errno) }
    (descriptor, ringer) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(ringer)
  }

  /// Has the thread look again.
  func ring() {
    // A pipe that is full wakes as well.
    _ = unsafe write(ringer, [1], 1)
  }

  /// Forgets the rings until now.
  func clear() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe read(descriptor, &bytes, bytes.count) == bytes.count {}
  }
}
