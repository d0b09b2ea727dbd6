import Foundation

/// Whether a process is there and has not ended.
func isRunning(_ processID: Int32) -> Bool {
  guard let status = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8),
    let end = status.lastIndex(of: ")")
  else { return false }
  return !["Z", "X"].contains(status[status.index(end, offsetBy: 2)])
}
