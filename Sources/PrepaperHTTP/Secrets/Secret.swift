/// A key or password, which shows as `***` wherever it is printed.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The key itself: for a request, and for nothing else.
  let value: String

  /// A secret of that value.
  package init(_ value: String) {
    self.value = value
  }

  package var description: String { "***" }
  package var debugDescription: String { "***" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
