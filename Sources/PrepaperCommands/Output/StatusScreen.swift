import Glibc
import Synchronization

/// Shows a status again and again: in place on a terminal, as a JSON line each where it goes elsewhere.
final class StatusScreen: Sendable {
  private struct State {
    var shown: String?
    var lines = 0
  }

  private let output: CommandOutput
  private let isTerminal: Bool
  private let state = Mutex(State())

  init(isJSON: Bool, environment: [String: String]) {
    isTerminal = !isJSON && isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb"
    output = CommandOutput(isJSON: !isTerminal)
  }

  /// Shows it, unless nothing has changed.
  func show(_ report: StatusReport) {
    state.withLock { state in
      guard isTerminal else {
        let text = output.text(report.json)
        if text != state.shown { output.write(text) }
        state.shown = text
        return
      }
      guard report.text != state.shown else { return }
      state.shown = report.text
      let lines = report.text.split(separator: "\n", omittingEmptySubsequences: false).prefix(Self.height - 1)
      // Over what is there, in one write, and without line breaks of the terminal's own: nothing flickers.
      let up = state.lines > 0 ? "\u{1b}[\(state.lines)A" : ""
      output.write("\u{1b}[?7l\(up)" + lines.map { "\r\($0)\u{1b}[K\n" }.joined() + "\u{1b}[J\u{1b}[?7h")
      state.lines = lines.count
    }
  }

  /// How many lines the terminal has.
  private static var height: Int {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 1 else { return 24 }
    return Int(size.ws_row)
  }
}
