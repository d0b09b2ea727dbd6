internal import Synchronization

/// A value that may be another one later: what is begun meanwhile goes on with the one that it has read.
package final class Current<Value: Sendable>: Sendable {
  private let stored: Mutex<Value>

  /// Begins with a value.
  package init(_ value: Value) {
    stored = Mutex(value)
  }

  /// The value as it is now.
  package var value: Value { stored.withLock { $0 } }

  /// Takes another value.
  package func replace(with value: Value) { stored.withLock { $0 = value } }
}
