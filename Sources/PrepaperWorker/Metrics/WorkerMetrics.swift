internal import Glibc
package import Logging
internal import PrepaperArtifacts
internal import PrepaperDomain
import PrepaperJSON
internal import PrepaperQueue
internal import Synchronization

/// What a worker measures, as Prometheus text in a file for the textfile collector of the node exporter.
package final class WorkerMetrics: Sendable {
  private struct State {
    var waited = Histogram(bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 3600])
    var started = Histogram(bounds: [0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 1])
  }

  private let path: String
  private let logger: Logger
  private let state = Mutex(State())

  /// Metrics that are written to a file at an absolute path, which should end in `.prom`.
  package init(path: String, logger: Logger) {
    self.path = path
    self.logger = logger
  }

  /// A job was claimed that had waited so long.
  func claimed(after waited: Duration) {
    state.withLock { $0.waited.note(waited.inSeconds) }
  }

  /// An attempt's process gave its first word so long after its claim.
  func started(after duration: Duration) {
    state.withLock { $0.started.note(duration.inSeconds) }
  }

  /// Writes them: a reader sees the whole older file or the whole new one.
  func write(_ overview: QueueOverview, logBytes: Int64, now: UTCTimestamp) {
    let text = text(overview, logBytes: logBytes, now: now)
    let temporary = "\(path).\(getpid()).tmp"
    do {
      try write(text, to: temporary)
      guard unsafe rename(temporary, path) == 0 else { throw systemFailure("write", path) }
    } catch {
      logger.warning("metrics are not written: \(error)")
    }
  }

  private func text(_ overview: QueueOverview, logBytes: Int64, now: UTCTimestamp) -> String {
    var text = "# HELP prepaper_jobs Jobs in the queue by state.\n# TYPE prepaper_jobs gauge\n"
    for state in JobState.allCases {
      text += "prepaper_jobs{state=\"\(state.rawValue)\"} \(overview.counts[state] ?? 0)\n"
    }
    let oldest = overview.oldestQueuedSince.map { max(0, (now - $0).inSeconds) } ?? 0
    text += gauge("prepaper_oldest_wait_seconds", "How long the oldest queued job has waited.", "\(oldest)")
    text += "# HELP prepaper_attempts_total Attempts that ended, by outcome.\n# TYPE prepaper_attempts_total counter\n"
    for (outcome, count) in overview.attempts.sorted(by: { $0.key < $1.key }) {
      text += "prepaper_attempts_total{outcome=\"\(outcome)\"} \(count)\n"
    }
    text += "# HELP prepaper_rescues_total Runs taken back from attempts that were lost.\n"
    text += "# TYPE prepaper_rescues_total counter\nprepaper_rescues_total \(overview.attempts["lost"] ?? 0)\n"
    text += gauge("prepaper_wal_bytes", "Length of the queue's write-ahead log.", "\(logBytes)")
    text += gauge("prepaper_paused", "Whether the queue is paused.", overview.pausedSince == nil ? "0" : "1")
    return state.withLock { state in
      text + state.waited.text("prepaper_claim_wait_seconds", help: "From queued to claimed by this worker.")
        + state.started.text("prepaper_start_seconds", help: "From claimed to the first word of the run's process.")
    }
  }

  private func gauge(_ name: String, _ help: String, _ value: String) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) gauge\n\(name) \(value)\n"
  }

  private func write(_ text: String, to file: String) throws {
    let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw systemFailure("create", file) }
    defer { close(descriptor) }
    // The collector is another user, of no group of ours: whatever the umask, it may read how much there is to do.
    guard fchmod(descriptor, 0o644) == 0 else { throw systemFailure("write", file) }
    let bytes = Array(text.utf8)
    let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard written == bytes.count else { throw systemFailure("write", file) }
  }
}

/// How often something took how long, in the buckets of a Prometheus histogram.
struct Histogram {
  private let bounds: [Double]
  private var counts: [Int]
  private var sum = 0.0

  /// - Parameter bounds: the upper ends of the buckets in seconds, ascending.
  init(bounds: [Double]) {
    self.bounds = bounds
    counts = Array(repeating: 0, count: bounds.count + 1)
  }

  mutating func note(_ seconds: Double) {
    counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
    sum += seconds
  }

  /// Its lines in the text format.
  func text(_ name: String, help: String) -> String {
    var lines = ["# HELP \(name) \(help)", "# TYPE \(name) histogram"]
    var total = 0
    for (index, count) in counts.enumerated() {
      total += count
      let bound = index < bounds.count ? "\(bounds[index])" : "+Inf"
      lines.append("\(name)_bucket{le=\"\(bound)\"} \(total)")
    }
    lines.append("\(name)_sum \(sum)")
    lines.append("\(name)_count \(total)")
    return lines.joined(separator: "\n") + "\n"
  }
}
