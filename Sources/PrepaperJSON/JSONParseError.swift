/// Where a text stops being JSON, and why.
package struct JSONParseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Line and column of the first byte that is wrong, both from 1.
  package let line, column: Int
  /// What is wrong there.
  package let problem: String

  /// Place and problem: `line 3, column 14: …`.
  package var description: String { "line \(line), column \(column): \(problem)" }
}
