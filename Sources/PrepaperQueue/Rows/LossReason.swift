/// How it is known that an attempt has come to nothing.
package enum LossReason: Hashable, Sendable {
  /// Its lock is free: its worker and its process are dead.
  case died
  /// It gave no sign of life in time.
  case silent
}
