import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

/// The real binary, driven in a fresh directory with an environment of its own.
struct Program: Sendable {
  let directory: TemporaryDirectory
  var environment: [String: String]

  init(_ extra: [String: String] = [:]) throws {
    directory = try TemporaryDirectory()
    environment = [
      "PATH": "/usr/bin:/bin", "HOME": directory.path, "XDG_STATE_HOME": "\(directory.path)/state",
      "XDG_CONFIG_HOME": "\(directory.path)/config",
      // What is installed on the machine has no say.
      "PREPAPER_ENV_FILES": "\(directory.path)/config/prepaper/prepaper.env",
      "TZ": "Asia/Tokyo", "LC_ALL": "C",
    ].merging(extra) { _, new in new }
  }

  /// The binary beside the one that runs the tests.
  static var path: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("prepaper").path
  }

  /// The project's folder.
  static var packageRoot: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
  }

  var queuePath: String { "\(directory.path)/state/prepaper/queue.db" }

  /// Runs a command to its end.
  func run(_ arguments: String..., environment extra: [String: String] = [:]) throws -> ProgramResult {
    try start(arguments, environment: extra).wait()
  }

  /// Starts a command and goes on.
  func start(
    _ arguments: [String], environment extra: [String: String] = [:], input: String? = nil
  ) throws -> RunningProgram {
    try RunningProgram(
      path: Self.path, arguments: arguments, environment: environment.merging(extra) { _, new in new },
      directory: directory.path, input: input)
  }

  /// Runs any other program in the same directory.
  func tool(_ path: String, _ arguments: String...) throws -> ProgramResult {
    try RunningProgram(path: path, arguments: arguments, environment: environment, directory: directory.path).wait()
  }

  /// What `sqlite3` answers to a query, without the final newline.
  func query(_ database: String, _ sql: String) throws -> String {
    try tool("/usr/bin/sqlite3", "-cmd", ".timeout 5000", database, sql).output.trimmingCharacters(in: .newlines)
  }
}

/// How a call of the program ended.
struct ProgramResult: Sendable {
  let status: Int32
  let output: String
  let errors: String

  /// The one JSON object on stdout.
  var json: JSONValue {
    get throws { try JSONParser.parse(Array(output.utf8)) }
  }

  /// The code of a JSON error.
  var errorCode: String? {
    get throws { try json["error"]?["code"]?.stringValue }
  }
}
