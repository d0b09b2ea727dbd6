import Foundation
import Logging
import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperSQLite
import PrepaperTestSupport
import PrepaperWorker
import Systemd
import Testing

/// A queue and an artifacts root of their own, and a worker on them.
struct Workshop {
  let directory: TemporaryDirectory
  /// The queue's file.
  let path: String
  /// The artifacts root.
  let root: String
  /// The queue, as somebody else sees it.
  let queue: JobStore

  init() throws {
    directory = try TemporaryDirectory()
    path = "\(directory.path)/queue.db"
    root = "\(directory.path)/artifacts"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    queue = try openStore(path)
  }

  /// A worker, with a connection of its own unless it is given one.
  ///
  /// - Parameter deadline: how long it waits for a locked queue.
  func worker(
    _ executor: FakeExecutor, on store: JobStore? = nil, clock: any WorkerClock = TestClock(), drains: Bool = false,
    deadline: Duration = .seconds(120), lease: Duration = Self.lease, allowedRoots: [String]? = nil,
    locks: any AttemptLocks = NoLocks(), doorbell: any Doorbell = NoBell()
  ) throws -> WorkerService {
    WorkerService(
      store: try store ?? openStore(path, deadline: deadline), executor: executor, locks: locks, doorbell: doorbell,
      wakeUps: WakeUps(), clock: clock,
      settings: Current(
        WorkerSettings(
          name: "w1", host: "here", processID: 7, lease: lease,
          backoff: Backoff(first: .seconds(5), jitter: { 1 }), allowedRoots: allowedRoots, drains: drains)),
      notifier: ServiceNotifier(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  /// How long a claim holds, and how often it is renewed.
  static let lease = Duration.seconds(30)
  static let heartbeat = Duration.seconds(5)

  /// Submits a run.
  func submit(_ name: String = "run", root: String? = nil, maxTries: Int = 3, symbols: [Symbol] = []) throws {
    let request = try JobRequest(
      RunRequest(
        runID: runID(name), backtestRunID: runID("backtest"), artifactsRoot: root ?? self.root, window: .lastSession,
        options: RunOptions(symbols: symbols)
      ).json)
    _ = try queue.submit(request, JobOptions(priority: 0, maxTries: maxTries), now: instant(0))
  }

  /// A run, as somebody else sees it.
  func details(_ name: String = "run") throws -> JobDetails {
    try queue.details(runID(name))
  }

  /// A run's row, as somebody else sees it.
  func job(_ name: String = "run") throws -> Job {
    try details(name).job
  }

  /// What is published of a run; nil where nothing is.
  func published(_ name: String = "run") -> String? {
    let plan = FileManager.default.contents(atPath: "\(root)/prepaper/\(name)/plan.json")
    return plan.map { String(decoding: $0, as: UTF8.self) }
  }

  /// What is staged and not published.
  func staged() throws -> [String] {
    let path = "\(root)/prepaper/.staging"
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}

/// Another connection to a queue, which waits up to the deadline for a lock.
///
/// On a machine that also builds, a disk can take more than ten seconds to sync.
func openStore(_ path: String, deadline: Duration = .seconds(120)) throws -> JobStore {
  try JobStore(path: path, busyWait: BusyWait(deadline: deadline, seed: 1))
}

/// The run id of that text.
func runID(_ text: String) throws -> RunID {
  try #require(RunID(text))
}

extension JobStore {
  /// Takes back what has been silent for its lease, as every worker does, and claims.
  func claimNext(worker: String, lease: Duration, now: UTCTimestamp) throws -> Claim? {
    for lost in try running() where lost.leaseUntil <= now { try takeBack(lost, .silent, now: now) }
    return try claim(worker: worker, lease: lease, now: now)
  }
}
