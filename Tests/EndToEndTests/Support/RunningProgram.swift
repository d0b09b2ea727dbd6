import Foundation
import Glibc
import PrepaperProcesses

/// A program under way; its output goes to files, so that a crash loses none of it.
final class RunningProgram: Sendable {
  private let process: StartedProcess
  private let output: URL
  private let errors: URL

  /// Starts it; without an input its standard input is empty.
  init(
    path: String, arguments: [String], environment: [String: String], directory: String, input: String? = nil
  ) throws {
    let folder = URL(fileURLWithPath: directory).appendingPathComponent("output-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    output = folder.appendingPathComponent("stdout")
    errors = folder.appendingPathComponent("stderr")
    var start = ProcessStart(path, arguments, environment: environment, directory: directory)
    defer { for descriptor in start.descriptors.values { close(descriptor) } }
    for (number, file) in [(STDOUT_FILENO, output), (STDERR_FILENO, errors)] {
      let descriptor = unsafe open(file.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
      start.descriptors[number] = descriptor
    }
    if let input {
      start.descriptors[STDIN_FILENO] = try SealedInput(Array(input.utf8), to: path).descriptor
    }
    process = try start.start()
  }

  /// What it has said on stderr so far.
  var errorsSoFar: String {
    get throws { try String(contentsOf: errors, encoding: .utf8) }
  }

  /// What it has said on stdout so far.
  var outputSoFar: String {
    get throws { try String(contentsOf: output, encoding: .utf8) }
  }

  /// Whether it has not ended yet.
  var isRunning: Bool {
    var isRunning = false
    process.beforeNumberIsFree { isRunning = Processes.isAlive(process.processID) }
    return isRunning
  }

  func send(_ signal: Int32) { process.signal(signal) }

  /// Waits for its end; a signal that ended it counts as 128 plus its number.
  ///
  /// What it has left running goes on: a test sees whether it ends by itself.
  func wait() throws -> ProgramResult {
    let exit = process.wait(endsGroup: false)
    return ProgramResult(
      status: exit.exitStatus ?? 128 + (exit.signal ?? 0), output: try outputSoFar, errors: try errorsSoFar)
  }
}
