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
    let told = state.withLock { state in
      var told: [String] = []
      if bytes.isEmpty, !state.line.isEmpty { told += endLine(&state) }
      for byte in bytes {
        if byte == UInt8(ascii: "\n") {
          told += endLine(&state)
        } else if state.line.count <= Self.longestLine {
          state.line.append(byte)
        }
      }
      return told
    }
    // Without the lock: whoever hears it may ask for the last lines. Only the program's own thread gets here.
    told.forEach(observe)
  }

  /// Ends a line; what is to be told of it.
  private func endLine(_ state: inout State) -> [String] {
    if state.line.last == UInt8(ascii: "\r") { state.line.removeLast() }
    let text = shownText(state.line, limit: Self.longestLine)
    state.told += state.line.count + 1
    state.line.removeAll(keepingCapacity: true)
    if !text.isEmpty {
      state.last.append(text)
      if state.last.count > Self.keptLines { state.last.removeFirst() }
    }
    if state.told <= Self.toldBytes { return [text] }
    guard !state.isCut else { return [] }
    state.isCut = true
    return ["(it says more than \(Self.toldBytes >> 20) MiB; the rest is left out)"]
  }
}
