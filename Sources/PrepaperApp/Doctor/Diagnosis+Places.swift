import CLinux
import Foundation
import Glibc
import PrepaperWorker

extension Diagnosis {
  /// Less room than this is worth a word, in bytes.
  private static let leastRoom: UInt64 = 1 << 30
  private static let memoryFileSystem: UInt32 = 0x0102_1994

  /// The disks of queue and artifacts: whether they are here, have room, and keep what is written.
  func places() -> [Finding] {
    let queueDirectory = URL(fileURLWithPath: queuePath).deletingLastPathComponent().path
    var findings = disk("queue disk", queueDirectory)
    do throws(AppError) {
      let root = try artifactsRootPath(flag: nil, settings: settings)
      findings += modes(root) + room("artifacts", root)
      if !FileManager.default.fileExists(atPath: "\(root)/backtests") {
        findings.append(
          .warning("artifacts", "\(root) has no backtests/", do: "put approved backtests there, or name another root"))
      }
    } catch {
      findings.append(.error("artifacts", error.message, do: "make it, or set PREPAPER_ARTIFACTS_ROOT"))
    }
    return findings
  }

  /// Whether others than the owner and the group may look.
  func modes(_ path: String) -> [Finding] {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & 0o007 != 0 else { return [] }
    return [
      .warning(
        "rights", "\(path) is open to everybody on this machine (mode \(String(status.st_mode & 0o7777, radix: 8)))",
        do: "chmod o= \(path)")
    ]
  }

  private func disk(_ topic: String, _ directory: String) -> [Finding] {
    guard FileManager.default.fileExists(atPath: directory) else { return [] }
    var status = statfs()
    if QueueDirectory(queuePath: queuePath).isOnNetwork, FileManager.default.fileExists(atPath: "\(queuePath).d") {
      return [
        .warning(
          topic, "\(directory) is on a network file system: a lost run comes back after its lease, not at once",
          do: "put the queue on a disk of this machine (PREPAPER_QUEUE_DB)")
      ]
    }
    if unsafe statfs(directory, &status) == 0, UInt32(truncatingIfNeeded: status.f_type) == Self.memoryFileSystem {
      return [
        .warning(
          topic, "\(directory) is in memory: a power cut takes the queue", do: "put it on a disk (PREPAPER_QUEUE_DB)")
      ]
    }
    return room(topic, directory) + durability(topic, directory)
  }

  private func room(_ topic: String, _ directory: String) -> [Finding] {
    var status = statvfs()
    guard unsafe statvfs(directory, &status) == 0 else {
      return [.error(topic, "\(directory): \(unsafe String(cString: strerror(errno)))", do: "look at its file system")]
    }
    guard status.f_flag & UInt(ST_RDONLY) == 0 else {
      return [.error(topic, "\(directory) is on a read-only file system", do: "mount it to be written")]
    }
    let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    let words = "\(directory) has \(free >> 20) MiB left"
    guard free >= Self.leastRoom || status.f_blocks == 0 else { return [.warning(topic, words, do: "make room")] }
    return [.ok(topic, words)]
  }

  /// Whether what is written can be made to stay, and how long that takes.
  private func durability(_ topic: String, _ directory: String) -> [Finding] {
    let file = "\(directory)/.doctor.\(getpid())"
    let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      return [
        .error(
          topic, "cannot write to \(directory): \(unsafe String(cString: strerror(errno)))",
          do: "check its rights; \(NSUserName()) needs to write there")
      ]
    }
    defer {
      close(descriptor)
      unsafe unlink(file)
    }
    let page = [UInt8](repeating: 0, count: 4096)
    let start = ContinuousClock.now
    guard unsafe write(descriptor, page, page.count) == page.count, fsync(descriptor) == 0 else {
      return [
        .error(
          topic, "what is written to \(directory) does not stay: \(unsafe String(cString: strerror(errno)))",
          do: "put the queue on another disk")
      ]
    }
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    return [.ok(topic, "fsync takes \((milliseconds * 10).rounded() / 10) ms")]
  }
}
