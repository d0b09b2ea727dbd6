import PrepaperProcesses
import Synchronization

/// What a process with pipes says, as its thread tells it.
final class Said: Sendable {
  private let state = Mutex(State())

  private struct State {
    var bytes: [UInt8] = []
    var isSo: @Sendable (String) -> Bool = { _ in false }
    var waiter: CheckedContinuation<Void, Never>?

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
      guard isSo(text) else { return nil }
      defer { waiter = nil }
      return waiter
    }
  }

  var text: String { state.withLock { $0.text } }

  func add(_ piece: some Sequence<UInt8>) {
    state.withLock { state in
      state.bytes += piece
      return state.takeWaiter()
    }?.resume()
  }

  /// Waits until that is so of what was said.
  func wait(until isSo: @escaping @Sendable (String) -> Bool) async {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        (state.isSo, state.waiter) = (isSo, continuation)
        return state.takeWaiter()
      }?.resume()
    }
  }
}

extension ProcessStart {
  /// Runs it with pipes to its end; what it printed and said.
  func runPiped(
    input: [UInt8] = [], wall: Duration? = nil, grace: Duration = .milliseconds(200)
  ) async throws -> (end: PipedEnd, output: String, errors: String) {
    let (output, errors) = (Said(), Said())
    let process = try await PipedProcess.start(
      self, wall: wall, grace: grace,
      output: { piece, _ in
        output.add(piece)
        return true
      }, errors: { errors.add($0) })
    _ = await process.write(input)
    process.closeInput()
    return (await process.end(), output.text, errors.text)
  }
}
