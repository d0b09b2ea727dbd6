import Synchronization

/// The port of a vendor, for its answers to name it.
final class Ports: Sendable {
  private let value = Mutex(0)

  var port: Int {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}
