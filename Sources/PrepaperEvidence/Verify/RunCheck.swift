/// One thing about a published run that was looked at.
package struct RunCheck: Hashable, Sendable {
  /// What was looked at: a file's path, or `signals`, `definition` and the like.
  package let name: String
  /// What is not as it should be, in words; nil where all is.
  package let problem: String?

  /// A look at something.
  package init(_ name: String, _ problem: String?) {
    self.name = name
    self.problem = problem
  }

  /// Whether it holds.
  package var holds: Bool { problem == nil }
}
