internal import Synchronization

/// Tells the first of several that ask.
final class FirstTime: Sendable {
  private let isOver = Atomic(false)

  /// Whether nobody has asked before.
  var isNow: Bool { !isOver.exchange(true, ordering: .relaxed) }
}
