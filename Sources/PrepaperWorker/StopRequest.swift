internal import Synchronization

/// Whether somebody wants the worker to stop once its attempts are done.
final class StopRequest: Sendable {
  private let flag = Atomic(false)

  var isRequested: Bool { flag.load(ordering: .acquiring) }

  func request() {
    flag.store(true, ordering: .releasing)
  }
}
