import PrepaperWorker

/// Locks on a network file system: they tell nothing.
struct NoLocks: AttemptLocks {
  func make() throws -> (any AttemptLock)? { nil }
  func state(of name: String) -> LockState { .unknown }
  func whenFree(_ name: String, _ call: @escaping @Sendable () -> Void) {}
  func endHolders(of name: String) async -> Bool { true }
  func remove(_ name: String) {}
  func tidy(keeping names: Set<String>) {}
}

/// A bell that nobody hears.
struct NoBell: Doorbell {
  func ring() {}
}
