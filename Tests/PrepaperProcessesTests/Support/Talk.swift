import Glibc
import PrepaperProcesses

/// A pipe from a process to the test, which ends when nobody holds its other end any more.
final class Talk: Sendable {
  private let pipe: PipeEnds

  init() throws {
    pipe = try PipeEnds(to: "a test")
  }

  deinit { close(pipe.read) }

  /// The end that processes write to.
  var end: Int32 { pipe.write }

  /// Lets go of this process's own writing end, once the others have theirs.
  func listen() { close(pipe.write) }

  /// What is said next, as far as it has come; nothing at the end, nil where for a minute there is neither.
  func next() -> String? {
    var polled = pollfd(fd: pipe.read, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&polled, 1, 60_000) > 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe read(pipe.read, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  /// What is said until a line's end.
  func line() -> String? {
    var text = ""
    while !text.hasSuffix("\n") {
      guard let piece = next(), !piece.isEmpty else { return nil }
      text += piece
    }
    return String(text.dropLast())
  }

  /// What is said until everybody has let go of the other end; nil where somebody keeps it.
  func rest() -> String? {
    var text = ""
    while let piece = next() {
      if piece.isEmpty { return text }
      text += piece
    }
    return nil
  }
}

extension ProcessStart {
  /// Starts it with its output going to a talk.
  func start(_ talk: Talk) throws -> StartedProcess {
    var start = self
    start.descriptors[STDOUT_FILENO] = talk.end
    defer { talk.listen() }
    return try start.start()
  }

  /// Runs it to its end; what it printed.
  func run() throws -> (exit: ProcessExit, output: String?) {
    let talk = try Talk()
    let process = try start(talk)
    let output = talk.rest()
    return (process.wait(), output)
  }
}
