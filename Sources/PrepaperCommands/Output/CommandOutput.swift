import ArgumentParser
import Foundation
import Glibc
import PrepaperApp
import PrepaperJSON

/// Where a command's answer goes: data to stdout, as text for people or as one JSON object; talk to stderr.
struct CommandOutput: Sendable {
  let isJSON: Bool

  /// Prints an object with `schema_version`, on one line, if JSON is wanted; else the text.
  func print(json: @autoclosure () -> [String: JSONValue], text: () -> String) {
    write(isJSON ? self.text(json()) : text() + "\n")
  }

  /// An object with `schema_version` as a line.
  func text(_ json: [String: JSONValue]) -> String {
    CanonicalJSON.compactText(.object(json.withSchemaVersion)) + "\n"
  }

  /// Writes data as it is.
  func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes data as it is, whatever it is.
  func write(_ bytes: [UInt8]) { StandardStream.output.write(bytes) }

  /// Prints an answer that comes with an exit code of its own, and ends the command with that.
  ///
  /// - Parameters:
  ///   - failure: why the answer is not the whole one, if it is not; said on stderr, and a member of the object.
  ///   - status: the exit code; nil for 0.
  /// - Throws: `ExitCode`.
  func end(
    json: [String: JSONValue], failure: CommandFailure? = nil, status: ExitStatus?, text: () -> String
  ) throws {
    let error = failure.map { ["error": $0.json] } ?? [:]
    print(json: json.merging(error) { own, _ in own }, text: text)
    if let failure { say("prepaper: \(failure.message)") }
    if let status { throw ExitCode(status.rawValue) }
  }

  /// Prints words for people.
  func say(_ text: String) { StandardStream.errors.writeLine(text) }

  /// Prints words for people that are a part of a line.
  func tell(_ text: String) { StandardStream.errors.write(Array(text.utf8)) }

  /// Ends the program: with a failure's words and exit code, or as `otherwise` has it for help, version and usage.
  func end(with error: any Error, otherwise: () -> Never) -> Never {
    if let status = error as? ExitCode { exit(status.rawValue) }
    if let failure = CommandFailure(error) {
      // The journal takes the number for the line's priority, an error's; sd-daemon(3).
      let priority = ServiceLog.isJournal(ProcessInfo.processInfo.environment) ? "<3>" : ""
      say("\(priority)prepaper: \(failure.message)")
      if isJSON { print(json: ["error": failure.json]) { "" } }
      exit(failure.status.rawValue)
    }
    let status = PrepaperCommand.exitCode(for: error)
    if isJSON, status == .validationFailure {
      let failure = CommandFailure("usage", PrepaperCommand.message(for: error), .usage)
      print(json: ["error": failure.json]) { "" }
    }
    otherwise()
  }
}

extension [String: JSONValue] {
  fileprivate var withSchemaVersion: [String: JSONValue] {
    merging(["schema_version": .string("1.0.0")]) { own, _ in own }
  }
}
