internal import Synchronization

/// What a program says on its standard error: told line by line up to a limit, and the last lines kept.
final class ErrorOutput: Sendable {
  private static let longestLine = 500
  private static let keptLines = 10
  private static let toldBytes = 1 << 20

  private let observe: @Sendable (String) -> Void
  private let state = Mutex(State())

  private struct State {
    var line: [UInt8] = []
    var isCut = false
    var told = 0
    var last: [String] = []
  }

  init(observe: @escaping @Sendable (String) -> Void) {
    self.observe = observe
  }

  /// The last lines, safe to show.
  var last: [String] { state.withLock { $0.last } }

  /// Takes what was read, which is empty at the end.
  func append(_ bytes: ArraySlice<UInt8>) {
    state.withLock { state in
      if bytes.isEmpty, !state.line.isEmpty { endLine(&state) }
      for byte in bytes {
        if byte == UInt8(ascii: "\n") {
          endLine(&state)
        } else if state.line.count <= Self.longestLine {
          state.line.append(byte)
        }
      }
    }
  }

  private func endLine(_ state: inout State) {
    if state.line.last == UInt8(ascii: "\r") { state.line.removeLast() }
    let text = shownText(state.line, limit: Self.longestLine)
    state.told += state.line.count + 1
    state.line.removeAll(keepingCapacity: true)
    if state.told <= Self.toldBytes {
      observe(text)
    } else if !state.isCut {
      state.isCut = true
      observe("(it says more than \(Self.toldBytes >> 20) MiB; the rest is left out)")
    }
    guard !text.isEmpty else { return }
    state.last.append(text)
    if state.last.count > Self.keptLines { state.last.removeFirst() }
  }
}
