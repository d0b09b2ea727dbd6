/// What an attempt's lock says about it.
package enum LockState: Hashable, Sendable {
  /// Its worker or its process lives.
  case held
  /// Both are dead.
  case free
  /// Nothing: it is not on this machine, or somebody has removed it.
  case unknown
}
