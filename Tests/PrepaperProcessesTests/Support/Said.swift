import PrepaperProcesses
import PrepaperTestSupport
import Synchronization

/// What a process with pipes says, as its thread tells it.
final class Said: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

  func add(_ piece: some Sequence<UInt8>) {
    bytes.withLock { $0 += piece }
  }

  /// Waits until this is what was said.
  func wait(for said: String) async throws {
    try await eventually("it says \(said)") { text == said }
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
