/// Wakes whoever waits for the queue: workers and those who watch runs.
///
/// It changes how soon something happens, never what.
package protocol Doorbell: Sendable {
  /// Rings, after a commit; nobody need hear it.
  func ring()
}
