import Synchronization

/// A process of a simulation: killed, it takes no further step; stopped, it takes none until it goes on.
final class SimulatedProcess: TaskExecutor {
  private enum Life { case running, stopped, dead }

  let simulation: Simulation
  private let life = Mutex(Life.running)
  private let waitsWithinKernel = Mutex(false)
  private let atEnd = Mutex<[@Sendable () -> Void]>([])

  init(_ simulation: Simulation) {
    self.simulation = simulation
  }

  var isDead: Bool { life.withLock { $0 == .dead } }
  var isStopped: Bool { life.withLock { $0 == .stopped } }

  /// Whether it outlives a kill, as one does that waits for a disk or a network.
  var isUnkillable: Bool { waitsWithinKernel.withLock { $0 } }

  func setUnkillable(_ isUnkillable: Bool) {
    waitsWithinKernel.withLock { $0 = isUnkillable }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    simulation.add(UnownedJob(job), of: self)
  }

  /// Starts what it runs.
  func start(_ body: @escaping @Sendable () async -> Void) {
    _ = Task(executorPreference: self) { await body() }
  }

  /// Calls when it is dead, as the kernel closes what it had open.
  func whenDead(_ call: @escaping @Sendable () -> Void) {
    atEnd.withLock { $0.append(call) }
  }

  func kill() {
    guard
      life.withLock({ life in
        defer { life = .dead }
        return life != .dead
      })
    else { return }
    let calls = atEnd.withLock { calls in
      defer { calls = [] }
      return calls
    }
    for call in calls { call() }
  }

  func stop() {
    life.withLock { if $0 == .running { $0 = .stopped } }
  }

  func goOn() {
    life.withLock { if $0 == .stopped { $0 = .running } }
  }
}
