/// A run that cannot go on: the code for scripts, and what was tried on what, and what to do, for people.
package struct RunError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The code that scripts see.
  package let code: RunErrorCode
  /// One or two sentences: what is wrong, where, and what to do.
  ///
  /// No secrets.
  package let message: String

  /// An error with its code and message.
  package init(_ code: RunErrorCode, _ message: String) {
    self.code = code
    self.message = message
  }

  /// A program that could not be started: for want of resources, which passes, or for good.
  ///
  /// - Parameter reason: what the system answered.
  package init(cannotStart program: String, reason: String, isOutOfResources: Bool) {
    let message = "cannot start \(program): \(reason)"
    self =
      isOutOfResources
      ? RunError(.outOfResources, "\(message); the machine or a limit of this process is at its end")
      : RunError(.unexpected, message)
  }

  /// The message.
  package var description: String { message }
}
