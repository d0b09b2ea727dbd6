import Logging
import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import Synchronization
import Systemd

/// A machine with one queue, on which workers are started, killed and stopped.
final class SimulatedHouse {
  /// How long a claim holds: short, so that a short history has leases that run out.
  static let lease = Duration.seconds(6)

  let seed: UInt64
  let simulation: Simulation
  let file: SimulatedQueue
  let queue: JobStore
  let disk: SimulatedDisk
  let locks = SimulatedLocks()
  let bells: SimulatedBells
  let processes = ProcessesOfRuns()
  let troublePerHundred: Int
  private(set) var workers: [SimulatedProcess] = []
  private let failures = Failures()

  init(seed: UInt64, on file: SimulatedQueue, troublePerHundred: Int = 0, bellLossPerHundred: Int = 0) throws {
    self.seed = seed
    simulation = Simulation(seed: seed)
    self.file = file
    queue = try file.store(0)
    disk = SimulatedDisk(queue: queue)
    bells = SimulatedBells(simulation, lossPerHundred: bellLossPerHundred)
    self.troublePerHundred = troublePerHundred
  }

  /// What workers ended with that should not have ended.
  var workerFailures: [String] { failures.all }

  /// Starts a worker in a process of its own.
  @discardableResult
  func startWorker(concurrency: Int = 1, drains: Bool = false) throws -> SimulatedProcess {
    let process = SimulatedProcess(simulation)
    let clock = SimulatedClock(simulation: simulation)
    let wakeUps = WakeUps()
    bells.hangUp(wakeUps, for: process)
    workers.append(process)
    let worker = WorkerService(
      store: try file.store(workers.count),
      executor: SimulatedExecutor(
        simulation: simulation, worker: process, locks: locks, disk: disk, processes: processes,
        troublePerHundred: troublePerHundred),
      locks: LocksOfProcess(locks: locks, process: process, clock: clock), doorbell: bells, wakeUps: wakeUps,
      clock: clock,
      settings: Current(
        WorkerSettings(
          name: "w\(workers.count)", host: "here", processID: Int32(workers.count), concurrency: concurrency,
          lease: Self.lease, timeout: .seconds(8),
          backoff: Backoff(
            first: .seconds(1), longest: .seconds(3), jitter: { [simulation] in Double(simulation.pick(100)) / 100 }),
          allowedRoots: nil, drains: drains)),
      notifier: ServiceNotifier(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let failures = failures
    process.start {
      do {
        try await worker.run()
      } catch {
        failures.note("\(error)")
      }
    }
    return process
  }

  /// Submits a run.
  func submit(_ name: String, _ options: JobOptions = JobOptions()) throws {
    guard let run = RunID(name), let backtest = RunID("backtest") else { return }
    let request = try JobRequest(
      RunRequest(
        runID: run, backtestRunID: backtest, artifactsRoot: file.directory.path, window: .lastSession
      ).json)
    _ = try queue.submit(request, options, now: simulation.now)
    bells.ring()
  }
}

/// What workers ended with.
private final class Failures: Sendable {
  private let noted = Mutex<[String]>([])

  var all: [String] { noted.withLock { $0 } }

  func note(_ failure: String) {
    noted.withLock { $0.append(failure) }
  }
}
