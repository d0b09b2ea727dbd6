internal import Glibc

/// The processes of this machine, as `/proc` has them.
enum ProcessTable {
  /// When a process started, in ticks since the machine did: with the id it names one process for good.
  static func startTime(of processID: Int32) -> UInt64? {
    guard let fields = status(of: processID), fields.count > 19 else { return nil }
    return UInt64(fields[19])
  }

  /// Whether a process has ended, and waits only for its parent to take notice.
  static func hasEnded(_ processID: Int32) -> Bool {
    guard let state = status(of: processID)?.first else { return true }
    return state == "Z" || state == "X"
  }

  /// What `/proc` says of a process, from its state on.
  private static func status(of processID: Int32) -> [Substring]? {
    // The name in parentheses may have spaces and parentheses of its own.
    guard let text = contents("/proc/\(processID)/stat"), let end = text.lastIndex(of: ")") else { return nil }
    return text[text.index(after: end)...].split(separator: " ")
  }

  /// Whether a variable of that name and value is in the environment that a process was started with.
  static func hasVariable(_ assignment: String, _ processID: Int32) -> Bool {
    contents("/proc/\(processID)/environ")?.split(separator: "\0").contains { $0 == assignment } ?? false
  }

  /// All processes that can be seen.
  static var all: [Int32] { namesOfFiles(in: "/proc").compactMap { Int32($0) } }

  private static func contents(_ path: String) -> String? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = unsafe read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return count == 0 ? String(decoding: bytes, as: UTF8.self) : nil }
      bytes.append(contentsOf: chunk[..<count])
    }
  }
}
