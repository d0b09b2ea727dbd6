/// A part of a submission that cannot be taken: which, and what it must be.
struct FieldFault: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
