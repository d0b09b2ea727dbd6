import Foundation
import Glibc
import PrepaperDomain
import PrepaperQueue
import PrepaperSQLite
import PrepaperWorker

extension Diagnosis {
  /// How long a worker may be silent before it looks dead.
  private static let silence = Duration.seconds(15)

  /// The queue's file, its schema, what its rows say, who works on it, and its bells.
  func queueFindings() async -> [Finding] {
    let rights = PathRights(queuePath)
    if let failure = rights.closed ?? rights.unwritable { return [.error("queue", failure.message)] }
    guard FileManager.default.fileExists(atPath: queuePath) else {
      return [.ok("queue", "there is none yet at \(queuePath); the first submit makes it")]
    }
    do {
      let store = try JobStore(path: queuePath, busyWait: BusyWait(seed: UInt64(getpid())))
      return try await rules(of: store) + modes(queuePath) + workers(of: store) + bells(of: store)
    } catch {
      return [.error("queue", AppError(error)?.message ?? "\(queuePath): \(error)")]
    }
  }

  private func rules(of store: JobStore) async throws -> [Finding] {
    for rule in QueueRule.all {
      if let breach = try await rule.breach(in: store) {
        return [.error("queue", "\(rule.name): \(breach)", do: "prepaper queue check tells more")]
      }
    }
    let overview = try store.overview()
    let counts = JobState.allCases.map { "\(overview.counts[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
    let mebibytes = Double(store.logBytes) / 1_048_576
    let log = "log \((mebibytes * 10).rounded() / 10) MiB"
    guard overview.pausedSince == nil else {
      return [.warning("queue", "\(queuePath): \(counts); it is paused", do: "prepaper queue resume")]
    }
    return [.ok("queue", "\(queuePath): \(counts), schema \(JobStore.schemaVersion), \(log)")]
  }

  private func workers(of store: JobStore) throws -> [Finding] {
    let now = SystemClock().now
    let workers = try store.statistics().workers
    let silent = workers.filter { $0.seenAt + Self.silence < now }
    let alive = workers.count - silent.count
    var findings = silent.map { worker in
      Finding.warning(
        "workers", "\(worker.name) was last heard of \((now - worker.seenAt).components.seconds) s ago",
        do: "it was killed, or hangs; it leaves the list after a day")
    }
    let open = try store.overview().open
    if alive == 0, open > 0 {
      findings.append(
        .error(
          "workers", "\(open) runs wait and no worker is there",
          do: "systemctl start prepaper-worker, or prepaper worker"))
    } else {
      findings.append(.ok("workers", alive == 1 ? "1 is there" : "\(alive) are there"))
    }
    return findings
  }

  /// Whether a bell that is rung is heard: without them everybody waits up to a second.
  private func bells(of store: JobStore) -> [Finding] {
    do {
      try store.directory.make()
      let bell = try Bell(store.directory, owner: "doctor.\(getpid())")
      defer { bell.takeDown() }
      BellRinger(store.directory).ring()
      guard bell.wait(upTo: .seconds(1)) else {
        return [.warning("bells", "nobody hears them", do: "look at the sockets in \(store.directory.path)/bells")]
      }
      return [.ok("bells", "a new run is heard of at once")]
    } catch {
      return [
        .warning(
          "bells", "\(error); workers find new runs within a second only", do: "make \(store.directory.path) yours")
      ]
    }
  }
}
