/// The first sign of life: locks that the kernel lets go of when the last of their holders is dead.
package protocol AttemptLocks: Sendable {
  /// Makes a lock and holds it; nil where locks tell nothing, and the lease alone decides.
  ///
  /// - Throws: ``RunError`` where it cannot be made.
  func make() throws -> (any AttemptLock)?

  /// What a lock says.
  func state(of name: String) -> LockState

  /// Calls once, when the last holder of a lock is dead or has let go; at once where that is so already.
  func whenFree(_ name: String, _ call: @escaping @Sendable () -> Void)

  /// Ends the process of an attempt that hangs, with everything that it has started.
  ///
  /// - Returns: whether all of it is gone; where it is not, the attempt must not be given away.
  @discardableResult
  func endHolders(of name: String) async -> Bool

  /// Removes what a lock has left.
  func remove(_ name: String)

  /// Removes what locks have left that nobody holds, except those of that name.
  func tidy(keeping names: Set<String>)
}

/// A lock that says that an attempt lives: held by its worker and by the process that runs it.
package protocol AttemptLock: Sendable {
  /// Its name, by which others find it.
  var name: String { get }
  /// The descriptor that the attempt's process inherits.
  var descriptor: Int32 { get }

  /// Lets go of it, for good.
  func release()
}

/// What an attempt's lock says about it.
package enum LockState: Hashable, Sendable {
  /// Its worker or its process lives.
  case held
  /// Both are dead.
  case free
  /// Nothing: it is not on this machine, or somebody has removed it.
  case unknown
}
