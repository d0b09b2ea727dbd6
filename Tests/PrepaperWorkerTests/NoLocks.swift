import PrepaperWorker

/// Locks on a network file system: they tell nothing.
struct NoLocks: AttemptLocks {
  /// Called when one is to be made.
  var making: @Sendable () throws -> Void = {}

  func make() throws -> (any AttemptLock)? {
    try making()
    return nil
  }

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
