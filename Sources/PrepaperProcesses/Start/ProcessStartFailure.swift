internal import Glibc

/// A program that could not be started.
package struct ProcessStartFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path of the program.
  package let program: String
  /// What the system answered, as `errno` has it.
  package let code: Int32
  private let isConfined: Bool

  /// A failure of this kind.
  ///
  /// - Parameter isConfined: whether other programs were to stand in front of it.
  package init(program: String, code: Int32, isConfined: Bool = false) {
    self.program = program
    self.code = code
    self.isConfined = isConfined
  }

  /// Whether the machine, or a limit of this process, is at its end: the same start may succeed a little later.
  package var isOutOfResources: Bool { [EAGAIN, ENOMEM, EMFILE, ENFILE].contains(code) }

  /// What the system answered, in words.
  package var reason: String {
    let answer = unsafe String(cString: strerror(code))
    return isConfined && [ENOENT, EACCES].contains(code) ? "\(answer); \(Confinement.needs)" : answer
  }

  /// The program and the reason.
  package var description: String { "cannot start \(program): \(reason)" }
}
