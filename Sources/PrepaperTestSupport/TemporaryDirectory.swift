internal import Foundation

/// An empty directory that is gone when the test lets go of it.
package final class TemporaryDirectory: Sendable {
  /// Its absolute path, links resolved.
  package let path: String

  /// Makes a directory in the system's place for such.
  package init() throws {
    path =
      FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path + "/prepaper-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      print("left behind: \(path): \(error)")
    }
  }

  /// Writes a file, with the directories above it; its absolute path.
  @discardableResult
  package func write(_ text: String, to file: String) throws -> String {
    let url = URL(fileURLWithPath: path).appendingPathComponent(file)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  /// The text of a file.
  package func read(_ file: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
  }
}
