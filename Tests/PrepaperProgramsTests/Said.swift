import Synchronization

/// What programs say, as their threads tell it.
final class Said: Sendable {
  private let items = Mutex<[String]>([])

  func add(_ item: String) { items.withLock { $0.append(item) } }

  var all: [String] { items.withLock { $0 } }
  var text: String { all.joined() }
}
