internal import Foundation

/// The folder of real bars and golden cases beside the project; tests that read it are skipped where it is absent.
package enum SharedData {
  /// Its absolute path.
  package static var path: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared").path
  }

  /// Whether it is there.
  package static var isPresent: Bool { FileManager.default.fileExists(atPath: path + "/golden/cases") }

  /// What a skipped test says.
  package static var absence: String { "skipped: there is no folder ../shared with real bars" }

  /// The text of one of its files.
  package static func read(_ file: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
  }

  /// The names in one of its folders, sorted.
  package static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
  }
}
