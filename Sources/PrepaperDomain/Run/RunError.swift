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

  /// The message.
  package var description: String { message }
}
