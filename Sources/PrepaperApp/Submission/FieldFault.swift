/// A part of a submission that cannot be taken: which, and what it must be.
package struct FieldFault: Error, Hashable, CustomStringConvertible {
  /// The fault for people: which part, and what it must be.
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
