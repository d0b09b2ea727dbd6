internal import Glibc

/// Ends the wait of a thread that polls.
final class WakeUp: Sendable {
  /// What the thread polls.
  let descriptor: Int32
  private let ringer: Int32

  init(for program: String) throws(ProcessStartFailure) {
    let pipe = try PipeEnds(to: program, isBlocking: false)
    (descriptor, ringer) = (pipe.read, pipe.write)
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
