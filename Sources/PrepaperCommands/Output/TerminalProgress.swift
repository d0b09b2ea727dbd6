import Glibc
import PrepaperApp
import Synchronization

/// Tells on a terminal how far a command is, in one line of stderr; elsewhere it says nothing.
final class TerminalProgress: Sendable {
  private static let pause = Duration.milliseconds(200)

  private struct State {
    /// What is over before the first pause is never shown.
    var shownAt = Duration.zero
    var isShown = false
  }

  private let output: CommandOutput
  private let isOn: Bool
  private let clock = SystemClock()
  private let state = Mutex(State())

  /// - Parameter environment: the process's environment.
  init(_ output: CommandOutput, environment: [String: String]) {
    self.output = output
    isOn = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
  }

  /// Shows how much of how much is done, unless something was shown a moment ago.
  func show(_ what: String, _ done: Int, of all: Int?, _ unit: String) {
    guard isOn else { return }
    let now = clock.elapsed
    state.withLock { state in
      guard now - state.shownAt >= Self.pause else { return }
      state = State(shownAt: now, isShown: true)
      output.tell("\r\u{1b}[K\(what): \(done)\(all.map { " of \($0)" } ?? "") \(unit)")
    }
  }

  /// Takes the line away, if there is one.
  func clear() {
    state.withLock { state in
      if state.isShown { output.tell("\r\u{1b}[K") }
      state.isShown = false
    }
  }
}
