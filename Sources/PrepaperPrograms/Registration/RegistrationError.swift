/// A registration that cannot be used: which file, where in it, and why.
package struct RegistrationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The absolute path of the file.
  package let file: String
  /// File, place and problem, and what to do.
  package let description: String

  init(_ file: String, _ problem: String) {
    self.file = file
    description = "\(file): \(problem)"
  }
}
