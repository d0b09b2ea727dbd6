import Logging
import PrepaperDomain
import PrepaperQueue
import PrepaperSQLite
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

/// A queue file with connections that are opened once: what a simulation of many seeds would spend its time on.
final class SimulatedQueue {
  let directory: TemporaryDirectory
  private var stores: [JobStore] = []

  init() throws {
    directory = try TemporaryDirectory()
  }

  /// A connection of that number, opened when it is first asked for.
  func store(_ number: Int) throws -> JobStore {
    while stores.count <= number {
      // What survives a power cut is not what is looked at here.
      stores.append(
        try JobStore(path: "\(directory.path)/queue.db", busyWait: BusyWait(seed: 1), durability: .normal))
    }
    return stores[number]
  }
}

/// The bells of a simulation: some rings are lost, which must change nothing but when something happens.
final class SimulatedBells: Doorbell {
  private let simulation: Simulation
  private let lossPerHundred: Int
  private let heard = Mutex<[(process: SimulatedProcess, wakeUps: WakeUps)]>([])

  init(_ simulation: Simulation, lossPerHundred: Int) {
    self.simulation = simulation
    self.lossPerHundred = lossPerHundred
  }

  func hangUp(_ wakeUps: WakeUps, for process: SimulatedProcess) {
    heard.withLock { $0.append((process, wakeUps)) }
  }

  func ring() {
    let bells = heard.withLock { bells in
      bells.removeAll { $0.process.isDead }
      return bells
    }
    for bell in bells where simulation.pick(100) >= lossPerHundred { bell.wakeUps.wake() }
  }
}
