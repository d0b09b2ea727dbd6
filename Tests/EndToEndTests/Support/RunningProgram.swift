import Foundation
import Glibc

/// A program under way; its output goes to files, so that a crash loses none of it.
final class RunningProgram: Sendable {
  private let process = Process()
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
    for file in [output, errors] { try Data().write(to: file) }
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.standardInput = FileHandle.nullDevice
    if let input {
      let file = folder.appendingPathComponent("stdin")
      try Data(input.utf8).write(to: file)
      process.standardInput = try FileHandle(forReadingFrom: file)
    }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
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
  var isRunning: Bool { process.isRunning }

  func send(_ signal: Int32) {
    kill(process.processIdentifier, signal)
  }

  /// Waits for its end; a signal that ended it counts as 128 plus its number.
  func wait() throws -> ProgramResult {
    process.waitUntilExit()
    let status =
      process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
    return ProgramResult(
      status: status, output: try String(contentsOf: output, encoding: .utf8), errors: try errorsSoFar)
  }
}
