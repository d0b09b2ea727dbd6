import Glibc
import PrepaperQueue

/// Colours a state for a terminal; a pipe, `NO_COLOR` and a dumb terminal get plain text.
struct StateColour {
  private let isOn: Bool

  /// - Parameter environment: the process's environment.
  init(environment: [String: String]) {
    isOn =
      isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// The text in the state's colour.
  func paint(_ text: String, _ state: JobState) -> String {
    let code =
      switch state {
      case .succeeded: "32"
      case .failed, .cancelled: "31"
      case .running: "36"
      case .queued, .scheduled: "33"
      }
    return paint(text, code: code)
  }

  /// The text in a colour that a terminal knows by that number.
  func paint(_ text: String, code: String) -> String { isOn ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text }
}
