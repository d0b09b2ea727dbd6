import Foundation
import Glibc
import PrepaperProcesses

/// A program under way, its output thrown away.
struct Spawned {
  /// What a process has taken so far.
  struct Usage {
    let cpuSeconds: Double
    /// How often it waited of its own accord, all threads together.
    let switches: Int
  }

  private let process: StartedProcess

  init(_ program: String, _ arguments: [String], _ environment: [String: String] = [:]) throws {
    process = try ProcessStart(program, arguments, environment: environment).start()
  }

  func wait() {
    process.wait()
  }

  func kill() {
    process.signal(SIGKILL)
  }

  func usage() throws -> Usage {
    var (nanoseconds, switches) = (0.0, 0)
    for thread in try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processID)/task") {
      // To the nanosecond; what /proc/PID/stat counts are hundredths of a second.
      let times = try String(
        contentsOfFile: "/proc/\(process.processID)/task/\(thread)/schedstat", encoding: .utf8)
      nanoseconds += times.split(separator: " ").first.flatMap { Double($0) } ?? 0
      let status = try String(contentsOfFile: "/proc/\(process.processID)/task/\(thread)/status", encoding: .utf8)
      for line in status.split(separator: "\n") where line.hasPrefix("voluntary_ctxt_switches:") {
        switches += line.split(separator: "\t").last.flatMap { Int($0) } ?? 0
      }
    }
    return Usage(cpuSeconds: nanoseconds / 1e9, switches: switches)
  }
}
