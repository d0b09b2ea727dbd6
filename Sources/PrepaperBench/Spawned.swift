import Foundation
import Glibc

/// A program under way, its output thrown away.
final class Spawned {
  /// What a process has taken so far.
  struct Usage {
    let cpuSeconds: Double
    /// How often it waited of its own accord, all threads together.
    let switches: Int
  }

  struct CannotStart: Error {
    let program: String
    let code: Int32
  }

  private var processID: pid_t = 0

  init(_ program: String, _ arguments: [String], _ environment: [String: String] = [:]) throws {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      while let word = unsafe words.popLast() { unsafe free(word) }
      while let variable = unsafe variables.popLast() { unsafe free(variable) }
    }
    let code = unsafe posix_spawn(&processID, program, &actions, nil, words, variables)
    guard code == 0 else { throw CannotStart(program: program, code: code) }
  }

  func wait() throws {
    var status: Int32 = 0
    while unsafe waitpid(processID, &status, 0) < 0, errno == EINTR {}
  }

  func kill() {
    Glibc.kill(processID, SIGKILL)
  }

  func usage() throws -> Usage {
    var (nanoseconds, switches) = (0.0, 0)
    for thread in try FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/task") {
      // To the nanosecond; what /proc/PID/stat counts are hundredths of a second.
      let times = try String(contentsOfFile: "/proc/\(processID)/task/\(thread)/schedstat", encoding: .utf8)
      nanoseconds += times.split(separator: " ").first.flatMap { Double($0) } ?? 0
      let status = try String(contentsOfFile: "/proc/\(processID)/task/\(thread)/status", encoding: .utf8)
      for line in status.split(separator: "\n") where line.hasPrefix("voluntary_ctxt_switches:") {
        switches += line.split(separator: "\t").last.flatMap { Int($0) } ?? 0
      }
    }
    return Usage(cpuSeconds: nanoseconds / 1e9, switches: switches)
  }
}
