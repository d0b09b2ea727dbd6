import Foundation
import Glibc

/// The processes of this machine, as a test finds them.
enum Processes {
  /// Whether a process is there and has not ended; one that nobody has reaped yet has.
  static func isAlive(_ processID: Int32) -> Bool {
    guard let state = state(of: processID) else { return false }
    return state != "Z" && state != "X"
  }

  /// Whether a process is stopped, all its threads.
  static func isStopped(_ processID: Int32) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/task").compactMap { Int32($0) }
      .allSatisfy { state(of: processID, thread: $0) == "T" }
  }

  private static func state(of processID: Int32, thread: Int32? = nil) -> Character? {
    let path = "/proc/\(processID)\(thread.map { "/task/\($0)" } ?? "")/stat"
    // The name in parentheses may have spaces and parentheses of its own.
    guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.lastIndex(of: ")").flatMap { text[$0...].dropFirst(2).first }
  }
}
