internal import CLinux
internal import Glibc

/// Both ends of a pipe, which no program inherits that is not given one; whoever makes it closes them.
package struct PipeEnds: Sendable {
  /// Where it is read, and where it is written.
  package let read, write: Int32

  /// A new pipe to talk with a program through.
  package init(to program: String, isBlocking: Bool = true) throws(ProcessStartFailure) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe2(&ends, O_CLOEXEC | (isBlocking ? 0 : O_NONBLOCK)) == 0 else {
      throw ProcessStartFailure(program: program, code: errno)
    }
    (read, write) = (ends[0], ends[1])
  }
}
