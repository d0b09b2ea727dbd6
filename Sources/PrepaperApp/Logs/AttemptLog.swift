import Glibc
import PrepaperDomain
package import PrepaperQueue
import PrepaperWorker

/// The log of an attempt, read piece by piece.
struct AttemptLog {
  let path: String
  private var offset: off_t = 0
  private var incompleteLine: [UInt8] = []

  init(path: String) {
    self.path = path
  }

  /// What has come since the last read, up to the end of a line; nil where there is no such file.
  ///
  /// - Parameter isComplete: whether nothing more will come: then the last line need not have an end.
  /// - Throws: `AppError` with `inputMissing` where it is there and cannot be read.
  mutating func read(isComplete: Bool) throws(AppError) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure("cannot open")
    }
    defer { close(descriptor) }
    var bytes = incompleteLine
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe pread(descriptor, &chunk, chunk.count, offset)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("cannot read") }
      guard count > 0 else { break }
      offset += off_t(count)
      bytes.append(contentsOf: chunk[..<count])
    }
    let end = isComplete ? bytes.count : (bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
    incompleteLine = Array(bytes[end...])
    return Array(bytes[..<end])
  }

  private func failure(_ action: String) -> AppError {
    let reason = unsafe String(cString: strerror(errno))
    return AppError("log_missing", "\(action) the log \(path): \(reason)", .inputMissing)
  }
}

extension JobStore {
  /// All of the log of a run's attempt, as far as it is written.
  ///
  /// - Parameter number: the attempt; nil for the last one.
  /// - Throws: `AppError` with `inputMissing` where there is no such attempt, or no log of it.
  package func log(of details: JobDetails, attempt number: Int64?) throws(AppError) -> (attempt: Attempt, text: [UInt8])
  {
    let shown = number.map { number in details.attempts.first { $0.number == number } } ?? details.attempts.last
    guard let shown else {
      let wanted = number.map { "no attempt \($0)" } ?? "no attempt yet"
      throw AppError(
        "log_missing",
        "run \(details.job.request.runID) has \(wanted): it is \(details.job.state.rawValue) after "
          + "\(details.attempts.count)", .inputMissing)
    }
    var log = AttemptLog(path: try directory.log(shown.log))
    guard let text = try log.read(isComplete: true) else { throw AppError.logGone(shown, log.path) }
    return (shown, text)
  }
}

extension AppError {
  /// The log of an attempt is not there.
  static func logGone(_ attempt: Attempt, _ path: String) -> AppError {
    AppError(
      "log_missing",
      attempt.outcome == nil
        ? "attempt \(attempt.number) has not written its log \(path) yet; -f waits for it"
        : "attempt \(attempt.number) has left no log \(path)", .inputMissing)
  }
}

extension QueueDirectory {
  /// The path of a log by the name that the queue knows; names come from rows that anybody in the group may write.
  ///
  /// - Throws: `AppError` with `data` for a name that leads elsewhere.
  func log(_ name: String) throws(AppError) -> String {
    let file = name.dropFirst("logs/".count)
    guard name.hasPrefix("logs/"), !file.isEmpty, !file.hasPrefix("."), !file.contains("/") else {
      throw AppError(
        JobStoreError.Code.unreadable.rawValue, "'\(name)' is not the name of a log; no prepaper has written that row",
        .data)
    }
    return self.file(name)
  }
}
