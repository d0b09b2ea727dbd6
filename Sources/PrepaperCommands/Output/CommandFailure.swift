import PrepaperApp
import PrepaperJSON

/// A command that ends without what it was asked for: a code for scripts, words for people, and the exit code.
struct CommandFailure: Error, CustomStringConvertible {
  let code: String
  let message: String
  let status: ExitStatus

  var description: String { message }

  /// The failure as `--json` shows it.
  var json: JSONValue { .object(["code": .string(code), "message": .string(message)]) }

  init(_ code: String, _ message: String, _ status: ExitStatus) {
    self.code = code
    self.message = message
    self.status = status
  }

  /// The failure that an error of the program is for a command.
  init(_ error: AppError) {
    self.init(error.code, error.message, ExitStatus(error.reason))
  }

  /// The failure behind an error of the layers below, or nil where it is none of theirs.
  init?(_ error: any Error) {
    if let failure = error as? CommandFailure {
      self = failure
    } else if let error = AppError(error) {
      self.init(error)
    } else {
      return nil
    }
  }
}
