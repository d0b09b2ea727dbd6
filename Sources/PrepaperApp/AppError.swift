/// Why the program does not do what it was asked for: a code for scripts, words for people, and what kind of trouble
/// it is.
package struct AppError: Error, CustomStringConvertible {
  /// What kind of trouble it is.
  ///
  /// Whoever shows the error decides what follows from that, like an exit code.
  package enum Reason: CaseIterable, Sendable {
    /// It was tried, and came to no good end.
    case failed
    /// There is no such run.
    case noSuchRun
    /// What was asked for makes no sense.
    case usage
    /// What was read is not what it must be, or contradicts what is there.
    case data
    /// What is to be read is not there.
    case inputMissing
    /// What is to be written cannot be.
    case cannotWrite
    /// It may work in a while.
    case tryAgain
    /// A setting, a registration or a schema is not what it must be.
    case configuration
    /// The time is over that something was waited for.
    case waitTimedOut
    /// The user ended the wait, by SIGINT.
    case interrupted
    /// Somebody else ended the wait, by SIGTERM.
    case terminated
  }

  /// What went wrong, in a word that stays the same: `cannot_write`.
  package let code: String
  /// The same for people, with what to do about it.
  package let message: String
  /// What kind of trouble it is.
  package let reason: Reason

  /// The message.
  package var description: String { message }

  /// An error by what it says of itself.
  package init(_ code: String, _ message: String, _ reason: Reason) {
    self.code = code
    self.message = message
    self.reason = reason
  }
}
