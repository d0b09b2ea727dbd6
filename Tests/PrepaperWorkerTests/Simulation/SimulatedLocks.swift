import PrepaperWorker
import Synchronization

/// The locks of a simulation's machine: free when every process that holds one is dead or has let go.
final class SimulatedLocks: Sendable {
  private struct Lock {
    var holders: [ObjectIdentifier: SimulatedProcess] = [:]
    var attempt: SimulatedProcess?
    var listeners: [@Sendable () -> Void] = []
  }

  private struct State {
    var locks: [String: Lock] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  /// Makes a lock that a process holds.
  func make(for process: SimulatedProcess) -> String {
    let name = state.withLock { state in
      state.next += 1
      let name = "locks/\(state.next).lock"
      state.locks[name] = Lock(holders: [ObjectIdentifier(process): process])
      return name
    }
    process.whenDead { [weak self, weak process] in
      if let process { self?.release(name, by: process) }
    }
    return name
  }

  /// Lets the process that runs an attempt hold its lock too.
  func inherit(_ name: String, _ process: SimulatedProcess) {
    state.withLock { state in
      state.locks[name]?.holders[ObjectIdentifier(process)] = process
      state.locks[name]?.attempt = process
    }
    process.whenDead { [weak self, weak process] in
      if let process { self?.release(name, by: process) }
    }
  }

  func release(_ name: String, by process: SimulatedProcess) {
    let listeners = state.withLock { state -> [@Sendable () -> Void] in
      state.locks[name]?.holders[ObjectIdentifier(process)] = nil
      guard let lock = state.locks[name], lock.holders.isEmpty else { return [] }
      state.locks[name]?.listeners = []
      return lock.listeners
    }
    for listener in listeners { listener() }
  }

  func state(of name: String) -> LockState {
    state.withLock { state in
      guard let lock = state.locks[name] else { return .unknown }
      return lock.holders.isEmpty ? .free : .held
    }
  }

  func whenFree(_ name: String, _ call: @escaping @Sendable () -> Void) {
    let isFree = state.withLock { state in
      guard let lock = state.locks[name], !lock.holders.isEmpty else { return true }
      state.locks[name]?.listeners.append(call)
      return false
    }
    if isFree { call() }
  }

  /// The process that runs the attempt of a lock, if there is one.
  func attempt(of name: String) -> SimulatedProcess? { state.withLock { $0.locks[name]?.attempt } }

  func remove(_ name: String) {
    state.withLock { $0.locks[name] = nil }
  }
}

/// The locks as one process sees them.
struct LocksOfProcess: AttemptLocks {
  let locks: SimulatedLocks
  let process: SimulatedProcess
  let clock: SimulatedClock

  func make() throws -> (any AttemptLock)? {
    LockOfProcess(name: locks.make(for: process), locks: locks, process: process)
  }

  func state(of name: String) -> LockState { locks.state(of: name) }

  func whenFree(_ name: String, _ call: @escaping @Sendable () -> Void) { locks.whenFree(name, call) }

  func endHolders(of name: String) async -> Bool {
    // Whoever is asked to end takes a moment for it.
    await Task.yield()
    if let process = locks.attempt(of: name), !process.isDead {
      // One that waits within the kernel.
      guard !process.isUnkillable else { return false }
      process.kill()
    }
    await Task.yield()
    return true
  }

  func remove(_ name: String) { locks.remove(name) }

  func tidy(keeping names: Set<String>) {}
}

private struct LockOfProcess: AttemptLock {
  let name: String
  var descriptor: Int32 { -1 }
  let locks: SimulatedLocks
  let process: SimulatedProcess

  func release() {
    locks.release(name, by: process)
    locks.remove(name)
  }
}
